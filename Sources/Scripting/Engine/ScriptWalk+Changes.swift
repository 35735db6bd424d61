import Vocabulary

/// Changes that going back undoes, and going back itself.
extension ScriptWalk {
    private mutating func record(_ change: ScriptChange) {
        guard !state.history.isEmpty else { return }
        state.history[state.history.count - 1].changes.append(change)
    }

    /// Opens the checkpoint to which the next ``ScriptEvent/back`` returns.
    mutating func openCheckpoint() {
        if state.history.count >= ScriptLimits.undo { state.history.removeFirst() }
        state.history.append(
            ScriptCheckpoint(pathCount: state.path.count, status: state.status, pending: state.pending)
        )
    }

    mutating func moveTo(_ step: String) {
        let last = state.frames.count - 1
        let old = state.frames[last].step
        guard old != step else { return }
        record(ScriptChange(kind: .step, frame: last, name: old))
        state.frames[last].step = step
    }

    /// Sets a variable; personal data in the value is kept only in memory, for act steps.
    mutating func setVariable(_ name: String, _ value: JSON?) {
        let last = state.frames.count - 1
        record(ScriptChange(kind: .variable, frame: last, name: name, old: state.frames[last].variables[name]))
        let parted = value.map { ScriptSecrets.part($0, of: name, definition.names[name]?.type ?? .any) }
        state.frames[last].variables[name] = parted?.kept
        setFound(parted?.found, name, inFrame: last)
    }

    private mutating func setFound(_ value: JSON?, _ name: String, inFrame frame: Int) {
        guard value != nil || secrets.found[frame]?[name] != nil else { return }
        secrets.found[frame, default: [:]][name] = value
        if secrets.found[frame]?.isEmpty == true { secrets.found[frame] = nil }
    }

    mutating func setSecret(_ name: String, _ value: JSON) {
        let last = state.frames.count - 1
        record(ScriptChange(kind: .secret, frame: last, name: name))
        secrets.values[last, default: [:]][name] = value
    }

    mutating func setSettled(_ steps: [String]?) {
        let last = state.frames.count - 1
        guard state.frames[last].settled != steps else { return }
        record(ScriptChange(kind: .settled, frame: last, steps: state.frames[last].settled))
        state.frames[last].settled = steps
    }

    mutating func push(_ frame: ScriptFrame, _ definition: ScriptDefinition) {
        state.frames.append(frame)
        self.definition = definition
        record(ScriptChange(kind: .pushed))
    }

    /// Removes the last frame; returns nil and changes nothing if the enclosing script is missing.
    mutating func pop() -> ScriptFrame? {
        let below = state.frames[state.frames.count - 2]
        guard let definition = library.definition(below.script, below.version) else { return nil }
        secrets.forget(frame: state.frames.count - 1)
        let frame = state.frames.removeLast()
        self.definition = definition
        record(ScriptChange(kind: .popped, saved: frame))
        return frame
    }

    mutating func noteDone(_ step: String) {
        guard !state.done.contains(step) else { return }
        state.done.append(step)
        record(ScriptChange(kind: .done, name: step))
    }

    /// Records a request in the current checkpoint.
    mutating func noteRequested(_ ticket: Int) {
        record(ScriptChange(kind: .requested, frame: ticket))
    }

    /// Undoes the last action of a person.
    ///
    /// Requests already made remain, and are reused when their step is reached again.
    mutating func back() throws(ScriptError) {
        guard let checkpoint = state.history.last else {
            throw ScriptError(.conflict, "there is nothing to go back to")
        }
        state.history.removeLast()
        for change in checkpoint.changes.reversed() { undo(change) }
        state.path.removeLast(state.path.count - checkpoint.pathCount)
        state.status = checkpoint.status
        state.pending = checkpoint.pending
        secrets.arguments = [:]
        let frame = state.frame
        if let definition = library.definition(frame.script, frame.version) { self.definition = definition }
        if let pending = state.pending, !pending.withheld.isEmpty {
            diagnose("\(pending.withheld.joined(separator: ", ")): already passed on, ask again")
        }
        if let pending = state.pending, pending.kind == .resolve, decidedMeanwhile(pending.ticket) != nil {
            run(to: nextStep(after: pending.ticket))
        }
    }

    private mutating func undo(_ change: ScriptChange) {
        switch change.kind {
        case .step: state.frames[change.frame].step = change.name
        case .variable:
            state.frames[change.frame].variables[change.name] = change.old
            setFound(JSON?.none, change.name, inFrame: change.frame)
        case .secret:
            secrets.values[change.frame]?[change.name] = nil
            if secrets.values[change.frame]?.isEmpty == true { secrets.values[change.frame] = nil }
        case .pushed:
            secrets.forget(frame: state.frames.count - 1)
            state.frames.removeLast()
        case .popped: if let frame = change.saved { state.frames.append(frame) }
        case .done: state.done.removeAll { $0 == change.name }
        case .settled: state.frames[change.frame].settled = change.steps
        case .requested:
            guard let position = position(of: change.frame) else { return }
            state.requests[position].isUndone = true
        }
    }
}
