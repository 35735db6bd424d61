package import Vocabulary

/// The state of a session: everything that must survive a restart, and nothing sensitive.
///
/// It is encoded with `JSONEncoding` and `JSONDecoding`.
package struct ScriptState: Codable, Sendable, Hashable {
    /// The number of changes to the session, from 1.
    package internal(set) var revision = 1
    package internal(set) var status: ScriptSessionStatus = .active
    /// The running scripts: the session's own, followed by nested sub-scripts and detours.
    package internal(set) var frames: [ScriptFrame]
    /// The subject of the session.
    package internal(set) var subject: ScriptSubject
    /// The version of every script it uses, fixed at the start or at the first use.
    package internal(set) var versions: [String: Int64]
    /// The steps entered, without those that were undone; the current one is the last.
    package internal(set) var path: [String] = []
    /// The required steps that were done, without duplicates.
    package internal(set) var done: [String] = []
    /// All deviations from the script, in order; none is ever removed.
    package internal(set) var deviations: [ScriptDeviation] = []
    /// The notes, in order.
    package internal(set) var notes: [ScriptNote] = []
    /// The problems of the last event.
    package internal(set) var diagnostics: [String] = []
    /// The outcome with which the script ended, or why the session was stopped.
    package internal(set) var outcome: String?
    /// Resolutions requested and actions performed, including undone ones.
    package internal(set) var requests: [ScriptRequest] = []
    /// The number of requests so far.
    var tickets = 0
    /// What the current step waits for.
    package internal(set) var pending: ScriptPending?
    /// The actions that can be undone, oldest first.
    var history: [ScriptCheckpoint] = []
    /// The steps that have called for help; going back does not repeat the call.
    var escalated: [String] = []

    /// The innermost running script.
    var frame: ScriptFrame { frames[frames.count - 1] }

    /// The session's own script.
    package var script: (id: String, version: Int64) { (frames[0].script, frames[0].version) }
}

extension ScriptSessionStatus {
    /// Whether the session has ended.
    package var isFinished: Bool { self == .completed || self == .abandoned || self == .stopped }
}

/// A running script of a session.
package struct ScriptFrame: Codable, Sendable, Hashable {
    /// How a script was entered.
    package enum Origin: String, Codable, Sendable, Hashable {
        /// The session was started with it.
        case session
        /// By a run step.
        case run
        /// By a detour.
        case detour
    }

    /// The script.
    package let script: String
    /// Its version.
    package let version: Int64
    package let origin: Origin
    /// The current step.
    package internal(set) var step: String
    /// The variables that have a value, except sensitive ones.
    package internal(set) var variables: [String: JSON]
    /// Values that replace `customer`, `conversation` or `context` in this script.
    var overrides: [String: JSON] = [:]
    /// What the step from which a detour was taken was waiting for.
    var resumes: ScriptPending?
    /// The steps of the current group that were answered or skipped since it was entered; nil for none.
    var settled: [String]?
}

/// A deviation from the script.
package struct ScriptDeviation: Codable, Sendable, Hashable {
    /// The kind: `jump`, `skip`, `detour` or `abandon`.
    package let kind: String
    /// The step at which it happened.
    package let step: String
    /// The reason given.
    package let reason: String

    package init(kind: String, step: String, reason: String) {
        self.kind = kind
        self.step = step
        self.reason = reason
    }
}

/// A note in a session.
package struct ScriptNote: Codable, Sendable, Hashable {
    /// The current step at that time.
    package let step: String
    package let text: String
}

/// A resolution that was requested or an action that was performed.
package struct ScriptRequest: Codable, Sendable, Hashable {
    /// The status of a request; stored by name.
    package enum Status: String, Codable, Sendable, Hashable {
        case approved, pending, denied, rejected, cancelled, expired
        /// The request for a resolution was itself refused.
        case failed
        /// The action was performed.
        case done

        init(_ status: ResolutionStatus) {
            switch status {
            case .approved: self = .approved
            case .pending: self = .pending
            case .denied: self = .denied
            case .rejected: self = .rejected
            case .cancelled: self = .cancelled
            case .expired: self = .expired
            }
        }

        /// The outcome of a resolution; nil while it is pending, and for actions.
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
    package let step: String
    /// The content of the request; for an action, its arguments without sensitive ones.
    package let request: JSON
    /// Whether it is an action of the desktop rather than a resolution.
    package let isAct: Bool
    /// The status; nil before the first answer.
    package internal(set) var status: Status?
    /// The id of the resolution.
    package internal(set) var resolutionId: String?
    /// The value stored under the name given by `as`.
    package internal(set) var result: JSON?
    /// Whether the session went back to before it.
    package internal(set) var isUndone = false
}

/// What a step waits for.
package struct ScriptPending: Codable, Sendable, Hashable {
    /// What is awaited.
    package enum Kind: String, Codable, Sendable, Hashable {
        case decide, resolve, act
        /// The step cannot be started or left; the diagnostics say why.
        case stuck
    }

    package let kind: Kind
    /// The number of the request; 0 if stuck.
    package var ticket = 0
    /// The request: inputs, members or arguments.
    package var request: JSON = .null
    /// The names of sensitive arguments, which are not stored.
    package var withheld: [String] = []
    /// The transition that could not be evaluated: a choice, an outcome or `failed`; nil for `next`.
    var way: String?
    /// Whether the step has been started.
    var isBegun = true
}

/// The changes made by one action of a person, so that they can be undone.
struct ScriptCheckpoint: Codable, Sendable, Hashable {
    let pathCount: Int
    let status: ScriptSessionStatus
    let pending: ScriptPending?
    var changes: [ScriptChange] = []
}

/// One change, with the information needed to undo it.
struct ScriptChange: Codable, Sendable, Hashable {
    enum Kind: String, Codable, Sendable, Hashable {
        case step, variable, secret, pushed, popped, done, requested, settled
    }

    let kind: Kind
    var frame = 0
    var name = ""
    var old: JSON?
    var saved: ScriptFrame?
    var steps: [String]?
}
