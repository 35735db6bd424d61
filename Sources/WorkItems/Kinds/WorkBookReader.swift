import Vocabulary

extension WorkBook {
    /// Reads `rules/work.yaml`.
    ///
    /// Every mistake is reported with its place, and reading goes on; sizes and numbers are bounded.
    ///
    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: its name in findings.
    /// - Returns: the kinds, or nil if there is a mistake, and the mistakes in the order of the file.
    package static func read(_ yaml: String, file: String) -> (book: WorkBook?, findings: [WorkFinding]) {
        let findings = WorkFindings(file: file)
        let book = WorkNode.root(yaml, findings).map { WorkBookReader(findings: findings).book($0) }
        let sorted = findings.all.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        return (sorted.isEmpty ? book : nil, sorted)
    }
}

/// Reads kinds and ladders.
private struct WorkBookReader {
    private static let maximumKinds = 200
    private static let maximumLadders = 100
    private static let maximumReminders = 5
    private static let maximumFields = 20
    private static let maximumChoices = 50
    /// Steps of one kind, those of the ladders that follow included.
    private static let maximumSteps = 10

    /// A ladder as written.
    private struct Ladder {
        var node: WorkNode
        var steps: [WorkRung]
        var then: (name: String, node: WorkNode)?
    }

    let findings: WorkFindings

    func book(_ root: WorkNode) -> WorkBook {
        let map = root.members(["kinds", "ladders"])
        let ladders = map["ladders"].map(ladders) ?? [:]
        check(ladders)
        guard let kinds = map["kinds"] else {
            root.wrong("“kinds” is missing: expected a map of kinds by name")
            return .empty
        }
        let entries = kinds.entries("a map of kinds by name", most: Self.maximumKinds)
        if entries.isEmpty, kinds.isMap { kinds.wrong("expected at least one kind") }
        return WorkBook(
            entries.compactMap { name, key, node in
                guard key.name("the name of a kind") != nil else { return nil }
                return kind(name, key, node, ladders)
            }
        )
    }

    // MARK: Kinds

    private func kind(_ name: String, _ key: WorkNode, _ node: WorkNode, _ ladders: [String: Ladder]) -> WorkKind? {
        let map = node.members(["title", "team", "priority", "clocks", "pause_while_waiting", "ladder", "outcome"])
        for required in ["title", "team", "clocks"] where map[required] == nil {
            key.wrong(
                required == "clocks"
                    ? "“clocks” is missing in the kind “\(name)”: expected response, done or both, or `clocks: none` for work without"
                    : "“\(required)” is missing in the kind “\(name)”"
            )
        }
        guard let title = map["title"], let team = map["team"], let clocks = map["clocks"] else { return nil }
        let rules = self.clocks(clocks)
        if rules.isEmpty, let ladder = map["ladder"] {
            ladder.wrong("work without clocks is never late: expected no ladder")
        }
        return WorkKind(
            name: name,
            titles: titles(title),
            team: team.text("the name of a team") ?? "",
            priority: map["priority"].flatMap { $0.choice(of: WorkPriority.self) } ?? .normal,
            clocks: rules,
            pausesWhileWaiting: map["pause_while_waiting"].flatMap { $0.flag() } ?? false,
            ladder: map["ladder"].map { steps($0, ladders) } ?? [],
            fields: map["outcome"].map(fields) ?? []
        )
    }

    private func titles(_ node: WorkNode) -> [String: String] {
        guard node.isMap else { return node.text("a title, or a map of titles by language").map { ["en": $0] } ?? [:] }
        var titles: [String: String] = [:]
        for (locale, key, value) in node.entries("a map of titles by language", most: 50) {
            guard locale.wholeMatch(of: #/[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/#) != nil else {
                key.wrong("expected a language tag such as en or de-AT")
                continue
            }
            titles[locale.lowercased()] = value.text("a title")
        }
        if titles["en"] == nil { node.wrong("expected a title in English, “en”, for readers of other languages") }
        return titles
    }

    private func clocks(_ node: WorkNode) -> [WorkClock: WorkKind.ClockRule] {
        guard node.scalar != "none" else { return [:] }
        guard node.isMap else {
            node.wrong("expected a map with response, done or both, or none")
            return [:]
        }
        let map = node.members(WorkClock.allCases.map(\.rawValue))
        if map.isEmpty { node.wrong("expected response, done or both; work without clocks says `clocks: none`") }
        var rules: [WorkClock: WorkKind.ClockRule] = [:]
        for clock in WorkClock.allCases { rules[clock] = map[clock.rawValue].flatMap(rule) }
        if let response = rules[.response], let done = rules[.done], response.within > done.within {
            map["response"]?.wrong("the clock response allows more time than done")
        }
        return rules
    }

    private func rule(_ node: WorkNode) -> WorkKind.ClockRule? {
        guard node.isMap else { return node.time().map { WorkKind.ClockRule(within: $0, reminders: []) } }
        let map = node.members(["within", "remind"])
        guard let within = map["within"] else {
            node.wrong("“within” is missing: expected business time such as 4h")
            return nil
        }
        guard let time = within.time() else { return nil }
        let nodes = map["remind"]?.elements("a list of times before it runs out", most: Self.maximumReminders) ?? []
        let reminders = nodes.compactMap { node -> Duration? in
            guard let before = node.time() else { return nil }
            guard before < time else {
                node.wrong("expected less than the time of the clock")
                return nil
            }
            return before
        }
        return WorkKind.ClockRule(within: time, reminders: Array(Set(reminders)).sorted(by: >))
    }

    private func fields(_ node: WorkNode) -> [WorkKind.Field] {
        node.entries("a map of fields by name", most: Self.maximumFields).compactMap { name, key, value in
            guard key.name("the name of a field") != nil else { return nil }
            let map = value.members(["required", "choices"])
            let choices = map["choices"]?.elements("a list of values", most: Self.maximumChoices) ?? []
            if map["choices"] != nil, choices.isEmpty { value.wrong("expected at least one choice") }
            return WorkKind.Field(
                name: name,
                isRequired: map["required"].flatMap { $0.flag() } ?? false,
                choices: choices.compactMap { $0.name("a choice") }
            )
        }
    }

    // MARK: Ladders

    private func ladders(_ node: WorkNode) -> [String: Ladder] {
        var ladders: [String: Ladder] = [:]
        for (name, key, value) in node.entries("a map of ladders by name", most: Self.maximumLadders) {
            guard key.name("the name of a ladder") != nil else { continue }
            let map = value.members(["steps", "every", "then"])
            guard let steps = map["steps"] else {
                key.wrong("“steps” is missing in the ladder “\(name)”")
                continue
            }
            let every = map["every"].flatMap { $0.time() }
            let nodes = steps.elements("a list of steps", most: Self.maximumSteps)
            if nodes.isEmpty { steps.wrong("expected at least one step") }
            let read = nodes.compactMap { step($0, every: every) }
            let then = map["then"].flatMap { node in node.name("the name of a ladder").map { ($0, node) } }
            ladders[name] = Ladder(node: key, steps: read, then: then)
        }
        return ladders
    }

    private func step(_ node: WorkNode, every: Duration?) -> WorkRung? {
        guard node.isMap else {
            return node.choice(of: WorkRung.Audience.self).map {
                WorkRung(audience: $0, team: nil, severity: .warning, every: every)
            }
        }
        let map = node.members(["to", "team", "severity"])
        guard let to = map["to"] else {
            node.wrong("“to” is missing: expected owner, lead or team")
            return nil
        }
        guard let audience = to.choice(of: WorkRung.Audience.self) else { return nil }
        if audience != .team, let team = map["team"] { team.wrong("only a step `to: team` names a team") }
        return WorkRung(
            audience: audience,
            team: map["team"].flatMap { $0.text("the name of a team") },
            severity: map["severity"].flatMap { $0.choice(of: Severity.self) } ?? .warning,
            every: every
        )
    }

    /// Reports ladders that lead to none, or back to themselves.
    private func check(_ ladders: [String: Ladder]) {
        for (name, ladder) in ladders.sorted(by: { $0.key < $1.key }) {
            guard let then = ladder.then else { continue }
            guard ladders[then.name] != nil else {
                then.node.wrong("there is no ladder “\(then.name)”")
                continue
            }
            var (path, next) = ([name], Optional(then.name))
            while let at = next, !path.contains(at) {
                path.append(at)
                next = ladders[at]?.then?.name
            }
            // Told once, at the first of them; a ladder that only leads into the circle is no part of it.
            if next == name, path.min() == name {
                then.node.wrong("the ladders lead in a circle: \((path + [name]).joined(separator: ", "))")
            }
        }
    }

    /// The steps of a ladder and of those that follow it.
    private func steps(_ node: WorkNode, _ ladders: [String: Ladder]) -> [WorkRung] {
        guard let name = node.name("the name of a ladder") else { return [] }
        guard ladders[name] != nil else {
            node.wrong("there is no ladder “\(name)”")
            return []
        }
        var (steps, seen, next): ([WorkRung], Set<String>, String?) = ([], [], name)
        while let at = next, let ladder = ladders[at], seen.insert(at).inserted {
            steps += ladder.steps
            next = ladder.then?.name
        }
        guard steps.count <= Self.maximumSteps else {
            node.wrong(
                "the ladder has \(steps.count) steps with those that follow, expected at most \(Self.maximumSteps)"
            )
            return []
        }
        return steps
    }
}
