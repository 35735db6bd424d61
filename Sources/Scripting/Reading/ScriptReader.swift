/// The result of reading a script.
package struct ScriptReading: Sendable {
    /// The script as far as it could be read, for further checks; nil if the source is not a script at all.
    package let draft: ScriptDefinition?
    /// The diagnostics, in the order of the source.
    package var diagnostics: [ScriptDiagnostic]

    /// The script; nil if there is an error.
    package var definition: ScriptDefinition? { isValid ? draft : nil }
    /// Whether the script has no errors.
    package var isValid: Bool { draft != nil && !diagnostics.contains { $0.severity == .error } }
}

/// Reads scripts: YAML in the format described in `rules/scripts/README.md`.
///
/// Every mistake is reported with line and column, what was found and what was expected, and reading continues. The
/// time is proportional to the size of the source. Size, nesting, aliases, steps, variables and texts are bounded.
package enum ScriptReader {
    private static let members = [
        "script", "title", "locale", "tags", "examples", "variables", "start", "steps", "cases",
    ]

    /// Reads a script.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - file: its name in diagnostics.
    /// - Returns: the script and its diagnostics; references to other scripts and decisions are left to
    ///   ``ScriptCheck``.
    package static func read(_ source: String, file: String) -> ScriptReading {
        let findings = ScriptFindings(file: file)
        let text = ScriptSource(source)
        guard let root = text.root(findings), let map = root.members(members) else {
            return ScriptReading(draft: nil, diagnostics: findings.all)
        }
        let draft = read(map, root, source: text, findings)
        let sorted = findings.all.enumerated().sorted { left, right in
            let (a, b) = (left.element.place, right.element.place)
            return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
        }
        return ScriptReading(draft: draft, diagnostics: sorted.map(\.element))
    }

    private static func read(
        _ map: [String: ScriptNode],
        _ root: ScriptNode,
        source: ScriptSource,
        _ findings: ScriptFindings
    ) -> ScriptDefinition? {
        for member in ["script", "start", "steps"] where map[member] == nil {
            root.error(.missing, "“\(member)” is missing")
        }
        let header = header(map)
        guard let entries = map["steps"]?.entries("a map of steps by id") else { return nil }
        guard !entries.isEmpty, entries.count <= ScriptLimits.steps else {
            map["steps"]?.error(.form, "a script has 1 to \(ScriptLimits.steps) steps, found \(entries.count)")
            return nil
        }
        let start = map["start"]?.identifier("the id of a step") ?? ""
        let names = VariableReader(findings).read(declared: map["variables"], steps: entries.map(\.value))
        let groups = GroupReader(findings, steps: entries.map { ($0.key, $0.value) })
        let reader = StepReader(source: source, findings: findings, names: names, groups: groups)
        let steps = entries.compactMap { reader.read(id: $0.key, at: $0.keyPlace, $0.value) }
        groups.check(steps)
        findings.step = nil
        return ScriptDefinition(
            header: header,
            names: names,
            start: ScriptTarget(step: start, place: map["start"]?.place ?? root.place),
            steps: steps,
            cases: map["cases"].map { CaseReader.read($0) } ?? [],
            unreadable: Set(entries.map(\.key)).subtracting(steps.map(\.id)),
            file: findings.file
        )
    }

    private static func header(_ map: [String: ScriptNode]) -> ScriptDefinition.Header {
        var header = ScriptDefinition.Header()
        header.id = map["script"]?.identifier("the script's id") ?? ""
        header.title = map["title"]?.text()
        header.locale = map["locale"]?.identifier("a language as en or en-GB")
        header.tags = map["tags"]?.texts("a list of words") ?? []
        header.examples = map["examples"]?.placedTexts("a list of utterances") ?? []
        return header
    }
}
