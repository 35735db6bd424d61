import Spelling

/// Checks the graph of a script: all targets exist, every step is reachable, and every loop can be left.
struct GraphLint {
    private let definition: ScriptDefinition
    private let findings: ScriptFindings
    /// The positions of the steps that each step leads to.
    private var targets: [[Int]] = []

    init(_ definition: ScriptDefinition, _ findings: ScriptFindings) {
        self.definition = definition
        self.findings = findings
    }

    func run() {
        var copy = self
        copy.findTargets()
        copy.reportUnreachable()
        copy.reportEndless()
        findings.step = nil
    }

    private mutating func findTargets() {
        if !definition.start.isEmpty, isMissing(definition.start) {
            let message = "there is no step “\(definition.start)”, expected \(expectation(definition.start))"
            findings.error(.target, message, at: definition.startPlace)
        }
        targets = definition.steps.map { step in
            findings.step = step.id
            return step.targets.compactMap { target in
                if isMissing(target.step) {
                    let message = "there is no step “\(ScriptNode.short(target.step))”, expected "
                    findings.error(.target, message + expectation(target.step), at: target.place)
                }
                return definition.position(of: target.step)
            }
        }
    }

    private func isMissing(_ id: String) -> Bool {
        definition.position(of: id) == nil && !definition.unreadable.contains(id)
    }

    /// What to suggest in place of a name: the step with the most similar name.
    private func expectation(_ wrong: String) -> String {
        let near = NearestName.of(wrong, among: definition.steps.prefix(1_000).lazy.map(\.id))
        return near.map { "“\($0)” perhaps" } ?? "the id of a step"
    }

    private func reportUnreachable() {
        guard definition.unreadable.isEmpty, let start = definition.position(of: definition.start) else { return }
        var seen = [Bool](repeating: false, count: targets.count)
        seen[start] = true
        var open = [start]
        while let position = open.popLast() {
            for next in targets[position] where !seen[next] {
                seen[next] = true
                open.append(next)
            }
        }
        for (position, step) in definition.steps.enumerated() where !seen[position] {
            findings.step = step.id
            findings.warning(.unreachable, "only a jump leads here from “\(definition.start)”", at: step.place)
        }
    }

    /// Reports each loop from whose steps no end can be reached.
    private func reportEndless() {
        let ends = endingSteps()
        var mark = [Int](repeating: 0, count: targets.count)
        for first in targets.indices where !ends[first] && mark[first] == 0 {
            // A step from which no end is reachable leads only to such steps, so following the first target must reach
            // a loop.
            var walk: [Int] = []
            var position = first
            while mark[position] == 0, let next = targets[position].first {
                mark[position] = first + 1
                walk.append(position)
                position = next
            }
            guard mark[position] == first + 1, let begin = walk.firstIndex(of: position) else { continue }
            let loop = walk[begin...].map { definition.steps[$0].id }
            let names = loop.prefix(8).joined(separator: " → ") + (loop.count > 8 ? " → …" : "")
            findings.step = nil
            findings.error(
                .endless,
                "the loop \(names) → \(loop[0]) never reaches an end, expected a way out",
                at: definition.steps[position].place
            )
        }
    }

    /// For each step, whether it leads to an end.
    ///
    /// Steps with an invalid target count as such, since that is already reported.
    private func endingSteps() -> [Bool] {
        var sources = [[Int]](repeating: [], count: targets.count)
        var ends = [Bool](repeating: false, count: targets.count)
        var open: [Int] = []
        for (position, step) in definition.steps.enumerated() {
            for target in targets[position] { sources[target].append(position) }
            var isEnd = targets[position].isEmpty || targets[position].count < step.targets.count
            if case .end = step.kind { isEnd = true }
            if isEnd {
                ends[position] = true
                open.append(position)
            }
        }
        while let position = open.popLast() {
            for source in sources[position] where !ends[source] {
                ends[source] = true
                open.append(source)
            }
        }
        return ends
    }
}
