package import BusinessCalendar
import Vocabulary

/// What somebody does with an item.
package enum WorkCommand: Sendable, Hashable {
    /// Takes it.
    case claim
    /// Gives it back to its team.
    case release(note: String?)
    /// Passes it to a team, or to a person of its team or of that one.
    case transfer(team: String?, owner: String?, note: String?)
    /// Writes something about it.
    case comment(String)
    /// Waits for somebody else, until a time at the latest.
    case wait(until: Int64?, note: String?)
    /// Goes on.
    case resume(note: String?)
    /// Says that it is done.
    case complete(outcome: [String: String], note: String?)
    /// Says that it need not be done.
    case cancel(reason: String)
}

/// Who does something with an item.
package struct WorkActor: Sendable, Hashable {
    /// The subject.
    package let subject: String
    /// Whether this is somebody who leads the item's team, and acts on what others own.
    package let leads: Bool

    package init(_ subject: String, leads: Bool) { (self.subject, self.leads) = (subject, leads) }
}

/// The life of an item as functions: each changes the value and says what happened, if anything did.
///
/// | | `open` | `claimed` | `waiting` | `done` | `cancelled` |
/// |---|---|---|---|---|---|
/// | claim | claimed | – by its owner, else conflict | – by its owner, else conflict | conflict | conflict |
/// | release | – ; takes off whom it was meant for | open | open | conflict | conflict |
/// | transfer | open | open | open | conflict | conflict |
/// | comment | open | claimed | waiting | done | cancelled |
/// | wait | waiting, claimed by the way | waiting | waiting | conflict | conflict |
/// | resume | conflict | – | claimed | conflict | conflict |
/// | complete | done, claimed by the way | done | done | – with the same outcome, else conflict | conflict |
/// | cancel | cancelled | cancelled | cancelled | conflict | – |
///
/// A dash changes nothing and is no error, so that a repeated call does no harm. What has an owner is changed by the owner and by those who lead
/// its team. What nobody has claimed is cancelled by whoever created it as well, also if it is meant for somebody.
extension WorkItem {
    /// Applies a command.
    ///
    /// - Parameters:
    ///   - command: what is done.
    ///   - actor: who does it; the caller has made sure that the item is theirs to change.
    ///   - kind: the item's kind, of the version that it keeps.
    ///   - hours: the business hours of its team.
    ///   - now: the time.
    /// - Returns: what happened; nil if nothing has changed.
    /// - Throws: ``WorkError`` `conflict` for a state or an owner that does not allow it, `forbidden`, `invalid` for an outcome
    ///   that the kind does not know; the item is then as before.
    package mutating func apply(
        _ command: WorkCommand,
        by actor: WorkActor,
        kind: WorkKind,
        hours: BusinessHours,
        at now: Int64
    ) throws(WorkError) -> WorkEntry? {
        if case .comment(let text) = command {
            updatedAt = max(updatedAt, now)
            return WorkEntry(.commented, at: now, actor: actor.subject, text: text)
        }
        guard state.isLive else { return try repeated(command) }
        var changed = self
        guard var entry = try changed.change(command, by: actor, kind: kind, hours: hours, at: now) else { return nil }
        if changed.team != team { entry.formerTeam = team }
        if changed.owner != owner { entry.formerOwner = owner }
        changed.updatedAt = max(updatedAt, now)
        self = changed
        return entry
    }

    /// What has ended stays as it is; saying the same again is no error.
    private func repeated(_ command: WorkCommand) throws(WorkError) -> WorkEntry? {
        switch command {
        case .complete(let outcome, _) where state == .done && outcome == self.outcome ?? [:]: return nil
        case .cancel where state == .cancelled: return nil
        default: throw WorkError(.conflict, "\(id) is \(state.rawValue)")
        }
    }

    private mutating func change(
        _ command: WorkCommand,
        by actor: WorkActor,
        kind: WorkKind,
        hours: BusinessHours,
        at now: Int64
    ) throws(WorkError) -> WorkEntry? {
        switch command {
        case .claim:
            guard state == .open else {
                guard owner == actor.subject else { throw owned() }
                return nil
            }
            try takeUp(by: actor, at: now)
            return WorkEntry(.claimed, at: now, actor: actor.subject)

        case .release(let note):
            guard owner != nil else { return nil }
            try checkOwner(actor)
            resume(kind: kind, hours: hours, at: now)
            (state, owner) = (.open, nil)
            return WorkEntry(.released, at: now, actor: actor.subject, text: note)

        case .transfer(let team, let owner, let note):
            if self.owner != nil { try checkOwner(actor) }
            let target = (team: team ?? self.team, owner: owner)
            guard target != (self.team, self.owner) || state != .open else { return nil }
            resume(kind: kind, hours: hours, at: now)
            (state, self.team, self.owner) = (.open, target.team, target.owner)
            return WorkEntry(.transferred, at: now, actor: actor.subject, text: note)

        case .wait(let until, let note):
            guard until != waitingUntil || state != .waiting else { return nil }
            if let until, until <= now { throw WorkError(.invalid, "a time to come", argument: "until") }
            if state == .open { try takeUp(by: actor, at: now) } else { try checkOwner(actor) }
            (state, waitingSince, waitingUntil) = (.waiting, waitingSince ?? now, until)
            var entry = WorkEntry(.waiting, at: now, actor: actor.subject, text: note)
            entry.until = until
            return entry

        case .resume(let note):
            guard state != .open else { throw WorkError(.conflict, "\(id) is open: claim it first") }
            try checkOwner(actor)
            guard state == .waiting else { return nil }
            resume(kind: kind, hours: hours, at: now)
            state = .claimed
            return WorkEntry(.resumed, at: now, actor: actor.subject, text: note)

        case .complete(let outcome, let note):
            if state == .open { try takeUp(by: actor, at: now) } else { try checkOwner(actor) }
            self.outcome = try kind.checked(outcome)
            resume(kind: kind, hours: hours, at: now)
            completion.stop(at: now)
            end(.done, at: now)
            return WorkEntry(.completed, at: now, actor: actor.subject, text: note)

        case .cancel(let reason):
            // Whom it is meant for has not begun, so whoever created it may still take it back.
            if owner != nil, state != .open || createdBy != actor.subject { try checkOwner(actor) }
            resume(kind: kind, hours: hours, at: now)
            end(.cancelled, at: now)
            return WorkEntry(.cancelled, at: now, actor: actor.subject, text: reason)

        case .comment: return nil
        }
    }

    /// Somebody takes an open item, which stops the first clock.
    private mutating func takeUp(by actor: WorkActor, at now: Int64) throws(WorkError) {
        if let owner, owner != actor.subject, !actor.leads { throw owned() }
        (state, owner) = (.claimed, actor.subject)
        response.stop(at: now)
    }

    private mutating func end(_ state: WorkState, at now: Int64) {
        (self.state, endedAt, climbsAt) = (state, now, nil)
        response.reminders = []
        completion.reminders = []
    }

    private func checkOwner(_ actor: WorkActor) throws(WorkError) {
        guard owner == actor.subject || actor.leads else { throw owned() }
    }

    private func owned() -> WorkError { WorkError(.conflict, "\(id) is \(owner ?? "nobody")'s") }
}

extension WorkItem.Timer {
    /// What it measures has happened.
    fileprivate mutating func stop(at now: Int64) {
        guard dueAt != nil, metAt == nil else { return }
        (metAt, reminders) = (now, [])
    }
}
