package import JSONRPC

/// Where a session stands: everything that must survive a restart, and nothing sensitive.
///
/// It is written and read with JSONRPC's `JSONEncoding` and `JSONDecoding`.
package struct ScriptState: Codable, Sendable, Hashable {
    /// How a session stands, as the wire says it.
    package enum Status: String, Codable, Sendable, Hashable {
        /// Somebody has to do something at the step.
        case active
        /// Something else is awaited: a resolution, or the diagnostics tell what stands in the way.
        case waiting
        case completed, abandoned, stopped

        /// Whether nothing more can happen.
        package var isFinished: Bool { self == .completed || self == .abandoned || self == .stopped }
    }

    /// Counts what changed the session, from 1.
    package internal(set) var revision = 1
    /// How it stands.
    package internal(set) var status: Status = .active
    /// The scripts that are at work: the session's own, then what it runs or turned aside to.
    package internal(set) var frames: [ScriptFrame]
    /// Whom and what it is about.
    package internal(set) var subject: ScriptSubject
    /// The version of every script it has met; they stay what they were at the beginning or at the first meeting.
    package internal(set) var versions: [String: Int64]
    /// The steps entered, without those that were undone; the present one is the last.
    package internal(set) var path: [String] = []
    /// The required steps that were done, each once.
    package internal(set) var done: [String] = []
    /// What did not go as the script says, in order; nothing is ever taken away.
    package internal(set) var deviations: [ScriptDeviation] = []
    /// What people noted.
    package internal(set) var notes: [ScriptNote] = []
    /// What went wrong at the last event.
    package internal(set) var diagnostics: [String] = []
    /// What the script ended with, or why the session was stopped.
    package internal(set) var outcome: String?
    /// Resolutions requested and actions performed, undone ones included.
    package internal(set) var requests: [ScriptRequest] = []
    /// How many requests there were.
    var tickets = 0
    /// What the present step waits for.
    package internal(set) var pending: ScriptPending?
    /// What can be undone, the latest last.
    var history: [ScriptCheckpoint] = []
    /// The steps that called somebody; going back does not call again.
    var escalated: [String] = []

    /// The script that is at work.
    var frame: ScriptFrame { frames[frames.count - 1] }

    /// The session's own script.
    package var script: (id: String, version: Int64) { (frames[0].script, frames[0].version) }
}

/// A script that is at work in a session.
package struct ScriptFrame: Codable, Sendable, Hashable {
    /// How it came to be there.
    package enum Origin: String, Codable, Sendable, Hashable {
        /// The session began with it.
        case session
        /// A run step.
        case run
        /// A detour.
        case detour
    }

    /// The script.
    package let script: String
    /// Its version.
    package let version: Int64
    /// How it came to be there.
    package let origin: Origin
    /// The present step.
    package internal(set) var step: String
    /// The variables that have a value, sensitive ones apart.
    package internal(set) var variables: [String: JSON]
    /// What stands in for `customer`, `conversation` or `context` here.
    var overrides: [String: JSON] = [:]
    /// What the step that a detour left was waiting for.
    var resumes: ScriptPending?
}

/// Something that did not go as the script says.
package struct ScriptDeviation: Codable, Sendable, Hashable {
    /// What happened: `jump`, `skip`, `detour` or `abandon`.
    package let kind: String
    /// The step it happened at.
    package let step: String
    /// Why, in somebody's words.
    package let reason: String

    package init(kind: String, step: String, reason: String) {
        self.kind = kind
        self.step = step
        self.reason = reason
    }
}

/// What somebody noted.
package struct ScriptNote: Codable, Sendable, Hashable {
    /// The step at that time.
    package let step: String
    /// The words.
    package let text: String
}

/// A resolution that was requested or an action that was performed.
package struct ScriptRequest: Codable, Sendable, Hashable {
    /// How a request came out; stored by name.
    package enum Status: String, Codable, Sendable, Hashable {
        case approved, pending, denied, rejected, cancelled, expired
        /// The request for a resolution was refused as such.
        case failed
        /// The action was performed.
        case done

        init(_ status: ScriptResolution.Status) {
            switch status {
            case .approved: self = .approved
            case .pending: self = .pending
            case .denied: self = .denied
            case .rejected: self = .rejected
            case .cancelled: self = .cancelled
            case .expired: self = .expired
            }
        }

        /// How the resolution came out; nil while it is pending, and for an action.
        var outcome: ScriptStep.Resolve.Outcome? {
            switch self {
            case .approved: .approved
            case .denied: .denied
            case .rejected: .rejected
            case .cancelled: .cancelled
            case .expired: .expired
            case .failed: .failed
            case .pending, .done: nil
            }
        }
    }

    /// Its number in the session.
    package let ticket: Int
    /// The step.
    package let step: String
    /// What was asked for; the arguments of an action without the sensitive ones.
    package let request: JSON
    /// Whether it is an action of the desktop.
    package let isAct: Bool
    /// How it came out; nil before the answer.
    package internal(set) var status: Status?
    /// The resolution.
    package internal(set) var resolutionId: String?
    /// What became the value of `as`.
    package internal(set) var result: JSON?
    /// Whether somebody went back before it.
    package internal(set) var isUndone = false
}

/// What a step waits for.
package struct ScriptPending: Codable, Sendable, Hashable {
    /// What kind of thing.
    package enum Kind: String, Codable, Sendable, Hashable {
        case decide, resolve, act
        /// The step cannot be begun or left; the diagnostics say why.
        case stuck
    }

    /// What kind of thing.
    package let kind: Kind
    /// The number of the request; 0 when stuck.
    package var ticket = 0
    /// The request: inputs, members or arguments.
    package var request: JSON = .null
    /// Arguments that were sensitive and are not kept.
    package var withheld: [String] = []
    /// Which way could not be chosen: a choice, an outcome, `failed`; nil for `next`.
    var way: String?
    /// Whether the step could not even be begun.
    var isBegun = true
}

/// What one act of a person changed, so that it can be undone.
struct ScriptCheckpoint: Codable, Sendable, Hashable {
    let pathCount: Int
    let status: ScriptState.Status
    let pending: ScriptPending?
    var changes: [ScriptChange] = []
}

/// One change, with what it takes to undo it.
struct ScriptChange: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable, Hashable {
        case step, variable, secret, pushed, popped, done, requested
    }

    let kind: Kind
    var frame = 0
    var name = ""
    var old: JSON?
    var saved: ScriptFrame?
}
