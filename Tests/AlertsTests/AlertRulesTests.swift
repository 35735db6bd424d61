import Alerts
import Testing
import Vocabulary

/// What a policy may ask for, what an agent must say, and when a group is a surge: the rules at their limits.
@Suite struct AlertRulesTests {
    private func candidate(_ members: JSONObject) -> AlertCandidate? {
        var object: JSONObject = ["kind": "leave", "severity": "warning", "reason": "r"]
        for member in members { object[member.key] = member.value }
        return AlertCandidate(.object(object))
    }

    @Test func `what a policy leaves out has its documented value`() throws {
        let candidate = try #require(AlertCandidate(["kind": "leave"]))
        #expect(candidate.severity == .warning && candidate.about == "leave" && candidate.group == nil)
        #expect(candidate.cooldownSeconds == 300 && candidate.escalateAfterSeconds == 300)
        #expect(candidate.maximumPerConversation == 3 && candidate.reason == "" && candidate.text != nil)
        let made = AlertCandidate(kind: "leave", severity: .info)
        #expect(made.cooldownSeconds == 300 && made.escalateAfterSeconds == nil && made.maximumPerConversation == 3)
    }

    @Test(
        "numbers out of range are brought into it",
        arguments: [(-1, 0), (0, 0), (1, 1), (604_800, 604_800), (604_801, 604_800), (1e300, 604_800), (-1e300, 0)]
            as [(Double, Int)]
    )
    func seconds(given: Double, taken: Int) throws {
        let number = JSON.number(try #require(JSONNumber(given)))
        #expect(candidate(["cooldown_seconds": number])?.cooldownSeconds == taken)
        #expect(candidate(["escalate_after_seconds": number])?.escalateAfterSeconds == (taken == 0 ? nil : taken))
    }

    @Test(
        "a kind is raised from once to a hundred times",
        arguments: [(-5, 1), (0, 1), (1, 1), (2, 2), (100, 100), (101, 100), (1e300, 100), (-1e300, 1), (2.9, 2)]
            as [(Double, Int)]
    )
    func maximum(given: Double, taken: Int) throws {
        let number = JSON.number(try #require(JSONNumber(given)))
        #expect(candidate(["maximum_per_conversation": number])?.maximumPerConversation == taken)
    }

    @Test(
        arguments: [
            ("kind", "", nil), ("kind", nil, nil), ("kind", 7, nil), ("severity", "huge", .warning),
            ("severity", "critical", .critical),
            ("severity", "info", .info),
        ] as [(String, JSON, Severity?)]
    )
    func `without a kind there is no alert, and without a severity a warning`(
        member: String,
        value: JSON,
        severity: Severity?
    ) {
        #expect(candidate([member: value])?.severity == severity)
    }

    @Test func `information does not escalate unless the policy says when`() {
        #expect(candidate(["severity": "info"])?.escalateAfterSeconds == nil)
        #expect(candidate(["severity": "info", "escalate_after_seconds": 7])?.escalateAfterSeconds == 7)
        #expect(candidate(["severity": "critical", "escalate_after_seconds": 0])?.escalateAfterSeconds == nil)
    }

    @Test func `names have at most a hundred characters, a reason four hundred`() {
        let (name, reason) = (String(repeating: "k", count: 101), String(repeating: "r", count: 401))
        let found = candidate([
            "kind": .string(name), "reason": .string(reason), "group": .string(name), "text": .string(name),
        ])
        #expect(
            found?.kind.count == 100 && found?.reason.count == 400 && found?.group?.count == 100
                && found?.text?.count == 100
        )
        #expect(candidate(["group": "", "text": ""])?.group == nil && candidate(["text": ""])?.text == nil)
        #expect(candidate(["about": "other"])?.about == "other")
    }

    // MARK: The book

    private func asked(_ kind: String, _ severity: Severity = .warning, cooldown: Int = 0) -> AlertCandidate {
        AlertCandidate(kind: kind, severity: severity, reason: "r", cooldownSeconds: cooldown)
    }

    @Test func `a conversation raises twenty alerts, and no more`() {
        var book = AlertBook()
        var raised = 0
        for turn in 0..<30 {
            raised += book.decide([asked("k\(turn)")], live: [], speaker: .customer, now: Int64(turn)).count
            #expect(raised == min(turn + 1, 20))
        }
        #expect(book.decide([asked("k3")], live: ["k3"], speaker: .customer, now: 99) == [.recur(asked("k3"))])
    }

    @Test func `of equally severe candidates of a kind the first counts`() {
        var (first, second) = (asked("a"), asked("a"))
        (first.reason, second.reason) = ("first", "second")
        var book = AlertBook()
        #expect(book.decide([first, second], live: [], speaker: .customer, now: 0) == [.raise(first)])
        second.severity = .critical
        var other = AlertBook()
        #expect(other.decide([first, second], live: [], speaker: .customer, now: 0) == [.raise(second)])
        second.severity = .info
        var third = AlertBook()
        #expect(third.decide([first, second], live: [], speaker: .customer, now: 0) == [.raise(first)])
    }

    @Test func `a condition that held while its alert was live is not raised until it was gone`() {
        var book = AlertBook()
        // Somebody else raised the alert; the policy asks for it as well.
        #expect(book.decide([asked("a")], live: ["a"], speaker: .customer, now: 0) == [.recur(asked("a"))])
        #expect(book.decide([asked("a")], live: [], speaker: .customer, now: 1) == [])
        #expect(book.decide([], live: [], speaker: .agent, now: 2) == [])
        #expect(book.decide([asked("a")], live: [], speaker: .customer, now: 3) == [])
        #expect(book.decide([asked("b")], live: [], speaker: .customer, now: 4) == [.raise(asked("b"))])
        #expect(book.decide([asked("a")], live: [], speaker: .customer, now: 5) == [.raise(asked("a"))])
    }

    @Test func `a condition belongs to the speaker on whose turn it was raised`() {
        var book = AlertBook()
        _ = book.decide([asked("a")], live: [], speaker: .agent, now: 0)
        _ = book.decide([], live: [], speaker: .customer, now: 1)
        #expect(book.decide([asked("a")], live: [], speaker: .agent, now: 2) == [])
        _ = book.decide([], live: [], speaker: .agent, now: 3)
        #expect(book.decide([asked("a")], live: [], speaker: .agent, now: 4).count == 1)
    }

    // MARK: Surges

    @Test func `five contacts within a quarter of an hour begin a surge, two or fewer end it`() {
        let verdicts = (0...7).map { SurgeGauge.judge(contacts: $0, isSurging: false) }
        #expect(verdicts == [.nothing, .nothing, .nothing, .nothing, .nothing, .begin, .begin, .begin])
        let ongoing = (0...7).map { SurgeGauge.judge(contacts: $0, isSurging: true) }
        #expect(ongoing == [.end, .end, .end, .ongoing, .ongoing, .ongoing, .ongoing, .ongoing])
        #expect(SurgeGauge.window == 900_000_000 && SurgeGauge.pause == 60_000_000)
    }

    // MARK: Required phrases

    private func phrases(_ yaml: String) throws -> [RequiredPhrase] {
        try SignalBook(yaml: "required:\n" + yaml, file: "f").required
    }

    /// The numbers of the turns after which a phrase is missing; a letter is a turn: agent, said, late, customer, trigger.
    private func missing(_ turns: String, _ phrases: [RequiredPhrase], channel: String = "voice") -> [Int] {
        var progress = RequiredPhraseProgress()
        var missing: [Int] = []
        for (number, turn) in turns.enumerated() {
            let heard = RequiredPhraseProgress.Heard(
                isSaid: turn == "s" || turn == "b",
                isTooLate: turn == "l" || turn == "b"
            )
            let found = progress.take(
                speaker: turn == "c" || turn == "t" ? .customer : .agent,
                signals: turn == "t" ? ["order"] : [],
                channel: channel,
                phrases: phrases,
                heard: ["p": heard]
            )
            missing += found.map { _ in number + 1 }
        }
        return missing
    }

    @Test(
        arguments: [
            ("a", 1, [1]), ("s", 1, []), ("a", 2, []), ("aa", 2, [2]), ("as", 2, []), ("aas", 2, [2]), ("saa", 2, []),
            ("caca", 2, [4]),
            ("aaaa", 2, [2]), ("aaa", 3, [3]), ("cccc", 1, []), ("al", 5, []),
        ] as [(String, Int, [Int])]
    )
    func `a phrase is missing once, after as many turns of the agent as it may take`(
        turns: String,
        limit: Int,
        expected: [Int]
    ) throws {
        let phrases = try phrases("  - {name: p, patterns: [x], within_agent_turns: \(limit)}")
        #expect(missing(turns, phrases) == (turns == "al" ? [2] : expected))
    }

    @Test(
        arguments: [("l", [1]), ("sl", []), ("aal", [3]), ("b", []), ("ll", [1]), ("aaaa", []), ("cl", [2])]
            as [(String, [Int])]
    )
    func `what comes too late is missing at once`(turns: String, expected: [Int]) throws {
        #expect(missing(turns, try phrases("  - {name: p, patterns: [x], before: [y]}")) == expected)
    }

    @Test(
        arguments: [
            ("aaaa", []), ("taa", [3]), ("tas", []), ("ata", []), ("ataa", [4]), ("taaa", [3]), ("sata", []),
            ("ttaa", [4]),
        ] as [(String, [Int])]
    )
    func `a phrase with a trigger is due from then on`(turns: String, expected: [Int]) throws {
        let phrases = try phrases("  - {name: p, patterns: [x], after: order, within_agent_turns: 2}")
        #expect(missing(turns, phrases) == expected)
    }

    @Test(arguments: [("voice", [1]), ("chat", []), ("", [])] as [(String, [Int])])
    func `a phrase counts in its channels`(channel: String, expected: [Int]) throws {
        let phrases = try phrases("  - {name: p, patterns: [x], within_agent_turns: 1, channels: [voice]}")
        #expect(missing("a", phrases, channel: channel) == expected)
    }

    // MARK: The file

    @Test(
        arguments: [
            ("required:\n  - {name: p, patterns: [x], within_agent_turns: 0}", false),
            ("required:\n  - {name: p, patterns: [x], within_agent_turns: 1}", true),
            ("required:\n  - {name: p, patterns: [x], within_agent_turns: 100}", true),
            ("required:\n  - {name: p, patterns: [x], within_agent_turns: 101}", false),
            (
                "required:\n  - {name: p, patterns: [x], within_agent_turns: 1}\n  - {name: p, patterns: [y], within_agent_turns: 1}",
                false
            ),
            ("required:\n  - {name: p, patterns: [x], before: [y]}", true),
            ("required:\n  - {patterns: [x], before: [y]}", false),
            ("signals:\n  - {kind: a_1, patterns: [x]}", true), ("signals:\n  - {kind: A, patterns: [x]}", false),
            ("signals:\n  - {kind: a-b, patterns: [x]}", false), ("signals:\n  - {patterns: [x]}", false),
            ("signals:\n  - {kind: '', patterns: [x]}", false),
            ("signals:\n  - {kind: a, sensitive: true, patterns: [x]}", false),
            ("signals:\n  - {kind: a, need: n, patterns: [x]}", false),
            ("signals:\n  - {kind: a, sensitive: true, need: n, patterns: [x]}", true),
            ("signals:\n  - {kind: a, sensitive: false, patterns: [x]}", true),
            ("signals:\n  - {kind: a, sensitive: 1, patterns: [x]}", false),
            ("email: {signatures: ['abcde']}", true), ("email: {signatures: ['abcd']}", false),
            ("email: {signatures: ['a b c d 1']}", false),
            ("email: {headers: [['From:', 'Sent:']]}", true), ("email: {headers: [['From:', 'Sent:', 'To:']]}", false),
            ("neutral_names: [Acme]", true), ("neutral_names: {a: 1}", false), ("", false), ("[]", false),
        ]
    )
    func `a file of signals is read strictly`(yaml: String, isRead: Bool) {
        #expect(((try? SignalBook(yaml: yaml, file: "f")) != nil) == isRead)
    }

    @Test(arguments: [(60, true), (61, false)])
    func `a kind has at most 60 bytes`(count: Int, isRead: Bool) {
        let yaml = "signals:\n  - {kind: \(String(repeating: "k", count: count)), patterns: [x]}"
        #expect(((try? SignalBook(yaml: yaml, file: "f")) != nil) == isRead)
    }

    @Test(arguments: [(200, true), (201, false)])
    func `a line of an e-mail has at most 200 characters`(count: Int, isRead: Bool) {
        let yaml = "email: {attributions: ['\(String(repeating: "k", count: count))']}"
        #expect(((try? SignalBook(yaml: yaml, file: "f")) != nil) == isRead)
    }

    @Test(arguments: [(10_000, true), (10_001, false)])
    func `at most ten thousand names are neutral`(count: Int, isRead: Bool) {
        let yaml = "neutral_names: [" + (0..<count).map { "n\($0)" }.joined(separator: ", ") + "]"
        #expect(((try? SignalBook(yaml: yaml, file: "f")) != nil) == isRead)
    }

    @Test func `fifty mistakes of a file are told`() {
        let yaml = "signals:\n" + String(repeating: "  - {kind: a}\n", count: 60)
        let error = #expect(throws: SignalError.self) { try SignalBook(yaml: yaml, file: "f") }
        #expect(error?.findings.count == 50)
    }

    @Test(
        "words near a phrase make an exception, words farther away do not",
        arguments: [
            ("cancel it now", true), ("not cancel it", false), ("not a cancel it", false), ("not a b cancel it", false),
            ("not a b c cancel it", false), ("not a b c d cancel it", true), ("cancel it later", false),
            ("cancel it a b later", false), ("cancel it a b c later", false), ("cancel it a b c d later", true),
            ("later cancel it", true), ("cancel it not", true),
        ]
    )
    func nearby(text: String, isFound: Bool) throws {
        let yaml = "signals:\n  - {kind: a, patterns: [cancel it], unless_before: [not], unless_after: [later]}"
        let book = try SignalBook(yaml: yaml, file: "f")
        #expect(book.signals(in: text, speaker: .customer).isEmpty == !isFound)
    }

    // MARK: E-mails

    private func written(_ text: String, _ yaml: String) throws -> String {
        try SignalBook(yaml: "email: {channels: [email], \(yaml)}", file: "f").email.written(in: text, channel: "email")
    }

    @Test(
        arguments: [
            ("a\nOn Monday Ann wrote:\nold", "a"), ("a\nOn Monday\nAnn wrote:\nold", "a"),
            ("a\nOn\nMonday Ann\nwrote:\nold", "a"),
            ("a\nOn\nMonday\nAnn\nwrote:\nnew", nil), ("a\nOn Monday Ann wrote:\n> old\nb", "a\nb"),
            ("a\nOn Monday Ann wrote:\n\n> old\nb", "a\n\nb"),
            ("a\non  MONDAY ann wrote:\nold", "a"), ("a\nOn Monday Ann wrote: b", nil),
            ("a\nOn Monday Ann wrote:", "a"), ("On wrote:\na", nil), ("Onwrote:\na", nil),
        ] as [(String, String?)]
    )
    func `a line that says who wrote ends a letter, broken over three lines at most`(
        text: String,
        expected: String?
    ) throws {
        #expect(try written(text, "attributions: ['on * wrote:']") == expected ?? text)
    }

    @Test(
        arguments: [
            ("a\nFrom: x\nSent: y\nold", "a"), ("a\nFrom: x\n1\n2\n3\n4\nSent: y", "a"),
            ("a\nFrom: x\n1\n2\n3\n4\n5\nSent: y", nil),
            ("a\nSent: y\nFrom: x\nold", nil), ("a\nx From: b\nSent: y", nil),
        ] as [(String, String?)]
    )
    func `a header has its second line within five`(text: String, expected: String?) throws {
        #expect(try written(text, "headers: [['From:', 'Sent:']]") == expected ?? text)
    }

    @Test(
        arguments: [
            ("hello there you", "hello * you", true), ("hello you", "hello * you", false),
            ("hello  you", "hello * you", false),
            ("hello a b you", "hello *b* you", true), ("hello a c you", "hello *b* you", false),
            ("hello you", "hello you", true),
            ("hello you too", "hello you", false), ("well hello you", "hello you", false),
            ("well hello you", "*hello you", true),
            ("hello you too", "hello you*", true), ("hello", "hello*llo", false), ("hellollo", "hello*llo", true),
        ]
    )
    func `a star in a line stands for anything`(line: String, form: String, fits: Bool) throws {
        #expect(try written("a\n\(line)\nb", "signatures: ['\(form)']") == (fits ? "a\nb" : "a\n\(line)\nb"))
    }
}
