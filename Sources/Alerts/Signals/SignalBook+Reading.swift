import PhraseMatching
import StrictYAML
import Vocabulary

extension SignalBook {
    /// Reads a file of signals and compiles every pattern.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - file: named in errors.
    /// - Throws: ``SignalError`` with every mistake that could be told from the others.
    package init(yaml: String, file: String) throws(SignalError) {
        var reader = SignalReader()
        try reader.read(SignalNode.parse(yaml, file: file))
        guard reader.findings.isEmpty else { throw SignalError(findings: reader.findings) }
        do {
            try self.init(
                reader.entries,
                required: reader.required,
                email: reader.email,
                neutralNames: reader.neutralNames
            )
        } catch {
            throw SignalError(file, error.message)
        }
    }
}

/// Reads the lists of a file one by one; a list with a mistake is left out, and reported.
private struct SignalReader {
    private static let maximumFindings = 50
    private static let maximumTurns = 100
    private static let maximumNames = 10_000
    /// How near the words of `unless_before` and `unless_after` must stand.
    private static let nearby = 3
    private static let lettersOfLine = 5
    private static let longestLine = 200

    /// Whose turns a list reads, as files say it.
    private enum Listener: String, CaseIterable {
        case customer, agent, any

        var speaker: Speaker? {
            switch self {
            case .customer: .customer
            case .agent: .agent
            case .any: nil
            }
        }
    }

    var entries: [SignalBook.Entry] = []
    var required: [RequiredPhrase] = []
    var email = EmailForms.none
    var neutralNames: [String] = []
    var findings: [SignalError.Finding] = []

    mutating func read(_ root: SignalNode) throws(SignalError) {
        let members = try root.members(["signals", "required", "email", "neutral_names"])
        for item in try members["signals"]?.items() ?? [] {
            note { reader throws(SignalError) in try reader.readSignal(item) }
        }
        for item in try members["required"]?.items() ?? [] {
            note { reader throws(SignalError) in try reader.readRequired(item) }
        }
        if let item = members["email"] { note { reader throws(SignalError) in try reader.readEmail(item) } }
        if let names = members["neutral_names"] {
            note { reader throws(SignalError) in try reader.readNames(names) }
        }
    }

    private mutating func readEmail(_ node: SignalNode) throws(SignalError) {
        let members = try node.members(["note", "channels", "attributions", "headers", "signatures"])
        var headers: [EmailForms.Header] = []
        for item in try members["headers"]?.items() ?? [] {
            let pair = try item.texts()
            guard pair.count == 2 else { throw item.error("two texts are expected, such as [\"From:\", \"Sent:\"]") }
            headers.append(
                EmailForms.Header(
                    first: EmailForms.Line.folded(pair[0].text),
                    second: EmailForms.Line.folded(pair[1].text)
                )
            )
        }
        email = EmailForms(
            channels: Set(try members["channels"]?.texts().map(\.text) ?? []),
            attributions: try lines(members["attributions"]),
            headers: headers,
            signatures: try lines(members["signatures"])
        )
    }

    /// The forms of lines; one that says next to nothing would cut off what customers write.
    private func lines(_ list: SignalNode?) throws(SignalError) -> [EmailForms.Line] {
        var result: [EmailForms.Line] = []
        for (text, node) in try list?.texts() ?? [] {
            guard text.count(where: \.isLetter) >= Self.lettersOfLine, text.count <= Self.longestLine else {
                throw node.error("a line of \(Self.lettersOfLine) letters or more is expected; * stands for anything")
            }
            result.append(EmailForms.Line(text))
        }
        return result
    }

    private mutating func readNames(_ list: SignalNode) throws(SignalError) {
        let names = try list.texts()
        guard names.count <= Self.maximumNames else { throw list.error("at most \(Self.maximumNames) names are read") }
        neutralNames = names.map(\.text)
    }

    /// Does one part of the work, and keeps what is wrong with it.
    private mutating func note(_ work: (inout SignalReader) throws(SignalError) -> Void) {
        do throws(SignalError) {
            try work(&self)
        } catch {
            findings += error.findings.prefix(Self.maximumFindings - findings.count)
        }
    }

    private mutating func readSignal(_ node: SignalNode) throws(SignalError) {
        let members = try node.members([
            "kind", "note", "speaker", "severity", "sensitive", "need", "topic", "patterns", "unless", "unless_before",
            "unless_after",
        ])
        let kind = try name(members["kind"], "kind", of: node)
        let speaker = try members["speaker"]?.choice(of: Listener.self) ?? .customer
        let severity = try members["severity"]?.choice(of: Severity.self)
        let isSensitive = try members["sensitive"]?.flag() ?? false
        let need = try members["need"]?.text()
        guard isSensitive == (need != nil) else {
            throw node.error(
                isSensitive
                    ? "“need” is missing: what is kept in the place of the words of a sensitive signal?"
                    : "“need” stands for the words of a sensitive signal: “sensitive: true” is missing"
            )
        }
        entries.append(
            SignalBook.Entry(
                rule: try rule(members, of: node),
                meaning: .signal(
                    kind: kind,
                    severity: severity,
                    need: need,
                    isAside: !(try members["topic"]?.flag() ?? true)
                ),
                speaker: speaker.speaker
            )
        )
    }

    private mutating func readRequired(_ node: SignalNode) throws(SignalError) {
        let members = try node.members([
            "name", "note", "kind", "text", "severity", "patterns", "unless", "unless_before", "unless_after",
            "within_agent_turns", "after", "before", "channels",
        ])
        let name = try name(members["name"], "name", of: node)
        guard !required.contains(where: { $0.name == name }) else { throw node.error("“\(name)” occurs twice") }
        let turns = try members["within_agent_turns"]?.integer(in: 1...Self.maximumTurns)
        guard turns != nil || members["before"] != nil else {
            throw node.error("“within_agent_turns” or “before” is missing: until when must it be said?")
        }
        entries.append(
            SignalBook.Entry(rule: try rule(members, of: node), meaning: .said(name), speaker: .agent)
        )
        if let before = members["before"] {
            let rule = PhraseRule(patterns: try patterns(before))
            entries.append(SignalBook.Entry(rule: rule, meaning: .tooLate(name), speaker: .agent))
        }
        required.append(
            RequiredPhrase(
                name: name,
                kind: try members["kind"].map { kind throws(SignalError) in try self.name(kind, "kind", of: node) }
                    ?? "required_phrase_not_said",
                text: try members["text"]?.text() ?? name,
                severity: try members["severity"]?.choice(of: Severity.self),
                turns: turns,
                trigger: try members["after"]?.text(),
                channels: Set(try members["channels"]?.texts().map(\.text) ?? [])
            )
        )
    }

    private func rule(_ members: [String: SignalNode], of node: SignalNode) throws(SignalError) -> PhraseRule {
        guard let list = members["patterns"] else { throw node.error("“patterns” is missing") }
        let places: [(key: String, place: PhraseRule.Exception.Place)] = [
            ("unless", .anywhere), ("unless_before", .before(words: Self.nearby)),
            ("unless_after", .after(words: Self.nearby)),
        ]
        var exceptions: [PhraseRule.Exception] = []
        for (key, place) in places {
            guard let list = members[key] else { continue }
            exceptions += try patterns(list).map { PhraseRule.Exception($0, place: place) }
        }
        return PhraseRule(patterns: try patterns(list), unless: exceptions)
    }

    /// The patterns of a list, each read once to see that it is one; all that are wrong are told together.
    private func patterns(_ list: SignalNode) throws(SignalError) -> [String] {
        var (sound, wrong): ([String], [SignalError.Finding]) = ([], [])
        for (text, node) in try list.texts() {
            do {
                try PhraseMatcher.check(text)
                sound.append(text)
            } catch {
                wrong.append(node.finding(error.message))
            }
        }
        guard wrong.isEmpty else { throw SignalError(findings: wrong) }
        guard !sound.isEmpty else { throw list.error("at least one pattern is expected") }
        return sound
    }

    private func name(_ value: SignalNode?, _ key: String, of node: SignalNode) throws(SignalError) -> String {
        guard let value else { throw node.error("“\(key)” is missing") }
        let text = try value.text()
        let isName =
            text.utf8.count <= 60
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        guard isName else { throw value.error("a \(key) is expected: at most 60 lower-case letters, digits and _") }
        return text
    }
}
