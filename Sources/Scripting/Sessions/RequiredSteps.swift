import Vocabulary

/// The required steps of a session that were due, and those that were done.
///
/// A step is due if it was reached, done or skipped. At the end of a session with jumps, steps that every path to its
/// end passes are due too.
struct RequiredSteps {
    let done: Int64
    let due: Int64

    /// Counts the steps of a state in time proportional to its path.
    init(of state: ScriptState, library: ScriptLibrary) {
        var due = Set(state.done)
        let steps = Steps(state: state, library: library)
        for step in state.path where !due.contains(step) && steps.isRequired(step) { due.insert(step) }
        for deviation in state.deviations where !due.contains(deviation.step) && steps.isRequired(deviation.step) {
            due.insert(deviation.step)
        }
        if state.status == .completed, state.deviations.contains(where: { $0.kind == "jump" }) {
            due.formUnion(steps.unavoidable(from: state.path.last))
        }
        self.done = Int64(state.done.count)
        self.due = Int64(due.count)
    }

    /// The steps of a session by their names in its path.
    private struct Steps {
        let state: ScriptState
        let library: ScriptLibrary

        func isRequired(_ name: String) -> Bool {
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            let (script, step) = parts.count == 2 ? (parts[0], parts[1]) : (state.script.id, name)
            guard let version = state.versions[script] else { return false }
            return library.definition(script, version)?.step(step)?.isRequired ?? false
        }

        /// The required steps of the session's own script that every path to its end passes.
        func unavoidable(from end: String?) -> Set<String> {
            guard let end, let definition = library.definition(state.script.id, state.script.version),
                definition.step(end) != nil
            else { return [] }
            // A step of a group that was never reached had its answer before.
            let required = definition.steps.filter { step in
                step.isRequired && step.id != end && (step.group == nil || state.path.contains(step.id))
            }.map(\.id)
            return Set(required.filter { !definition.reaches(end, from: definition.start, avoiding: [$0]) })
        }
    }
}

extension ScriptState {
    /// The path from the last restart, without steps that were undone.
    var directPath: [String] {
        guard let first = path.first, let restart = path.lastIndex(of: first) else { return path }
        return Array(path[restart...])
    }
}
