import PhraseMatching
import Testing

@Suite struct PhraseMatcherTests {
    private func found(_ pattern: String, in text: String) throws -> [String] {
        try PhraseMatcher([PhraseRule(patterns: [pattern])]).matches(in: text).map(\.text)
    }

    @Test(arguments: [
        ("cancel", "please CANCEL it", ["CANCEL"]),
        ("cancel my contract", "I want to cancel  my\tcontract now", ["cancel  my\tcontract"]),
        ("cancel*", "cancelling, cancelled and cancels; cance no", ["cancelling", "cancelled", "cancels"]),
        ("cancel * contract", "cancel contract", ["cancel contract"]),
        ("cancel * contract", "cancel this damn stupid contract", ["cancel this damn stupid contract"]),
        ("cancel * contract", "cancel a b c d e contract", []),
        ("cancel *6 contract", "cancel a b c d e contract", ["cancel a b c d e contract"]),
        (
            "(speak|talk) to (a|the|your) (manager|team lead)", "let me talk to your team lead",
            ["talk to your team lead"]
        ),
        ("(really )?(very)? angry", "i am very angry", ["very angry"]),
        ("so? angry", "i am so angry, angry", ["so angry", "angry"]),
        ("third ? called", "the third time called", ["third time called"]),
        ("can't log in", "I cant log in", ["cant log in"]),
        ("cant log in", "I can’t log in", ["can’t log in"]),
        ("can not log in", "I cannot log in", ["cannot log in"]),
        ("cannot log in", "I can not log in", ["can not log in"]),
        ("i am leaving", "I’m leaving", ["I’m leaving"]),
        ("i will sue", "i'll sue you", ["i'll sue"]),
        ("will not", "it won't", ["won't"]),
        ("manager's", "your managers name", ["managers"]),
        ("kündigen", "ich möchte KUNDIGEN", ["KUNDIGEN"]),
        ("resilier", "je veux résilier", ["résilier"]),
        ("re\u{301}silier", "je veux résilier", ["résilier"]),
        ("отменить", "хочу ОТМЕНИТЬ заказ", ["ОТМЕНИТЬ"]),
        ("退款", "我要退款！", ["退款"]),
        ("e-mail me", "E-Mail me", ["E-Mail me"]),
        ("leave now", "I leave. Now what", []),
        ("leave now", "I leave\nnow what", []),
        ("version 3.5", "on version 3.5 today", ["version 3.5"]),
        ("'quoted' word", "a 'quoted' word", ["quoted' word"]),
        ("cancel", "", []),
    ])
    func `patterns match according to the notation`(_ pattern: String, _ text: String, _ expected: [String]) throws {
        #expect(try found(pattern, in: text) == expected)
    }

    @Test func `ranges count Unicode scalars`() throws {
        let matcher = try PhraseMatcher([PhraseRule(patterns: ["refund"])])
        let match = try #require(matcher.matches(in: "é👍🏽 my refund!").first)
        #expect(match.range == 7..<13)
        #expect(match.text == "refund")
    }

    @Test func `of overlapping matches of one rule the first and longest counts`() throws {
        let matcher = try PhraseMatcher([PhraseRule(patterns: ["cancel", "cancel * contract", "contract"])])
        #expect(matcher.matches(in: "cancel my contract").map(\.text) == ["cancel my contract"])
    }

    @Test func `rules do not interfere with each other`() throws {
        let matcher = try PhraseMatcher([
            PhraseRule(patterns: ["a b"]), PhraseRule(patterns: ["b c"]), PhraseRule(patterns: ["b"]),
        ])
        #expect(matcher.matches(in: "a b c").map(\.rule) == [0, 1, 2])
    }

    @Test(arguments: [
        (PhraseRule.Exception("just kidding"), "I will sue you, just kidding", false),
        (PhraseRule.Exception("just kidding"), "I will sue you", true),
        (PhraseRule.Exception("not", place: .before(words: 3)), "I do not think I will sue", false),
        (PhraseRule.Exception("not", place: .before(words: 3)), "not a joke at all I will sue", true),
        (PhraseRule.Exception("not", place: .before(words: 3)), "will sue not", true),
        (PhraseRule.Exception("tea", place: .after(words: 1)), "will sue my tea", false),
        (PhraseRule.Exception("tea", place: .after(words: 1)), "will sue over cold tea", true),
        (PhraseRule.Exception("tea", place: .after(words: 1)), "tea will sue", true),
    ])
    func `an exception cancels a match where it applies`(
        _ exception: PhraseRule.Exception,
        _ text: String,
        _ stays: Bool
    ) throws {
        let matcher = try PhraseMatcher([
            PhraseRule(patterns: ["will sue"], unless: [exception]), PhraseRule(patterns: ["sue"]),
        ])
        #expect(matcher.matches(in: text).contains { $0.rule == 0 } == stays)
        #expect(matcher.matches(in: text).contains { $0.rule == 1 })
    }

    @Test(arguments: [
        "", "   ", "*", "(a", "a)", "(a|)", "a | b", "*99 b", "...", "a?", "(a|b)?", String(repeating: "(", count: 50),
        String(repeating: "w ", count: 30), String(repeating: "(a|b|c|d) ", count: 8),
    ])
    func `a pattern that violates the notation or the limits is refused by name`(_ pattern: String) {
        #expect {
            _ = try PhraseMatcher([PhraseRule(patterns: [pattern])])
        } throws: { error in
            (error as? PhraseError)?.message.contains("pattern") ?? false
        }
    }

    @Test func `a thousand rules find all their matches in one utterance`() throws {
        let rules = (0..<1000).map { PhraseRule(patterns: ["word\($0) * (thing\($0 % 7)|item)", "only\($0)x*"]) }
        let matcher = try PhraseMatcher(rules)
        #expect(matcher.matches(in: "well word123 of a thing4 and only77xyz").map(\.rule) == [123, 77])
    }
}
