import Alerts
import Foundation
import Testing
import Vocabulary

/// The signals that the product ships with, on the words of customers and agents.
@Suite struct SampleSignalTests {
    private static let book = Result {
        let rules = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("rules/signals.yaml")
        return try SignalBook(yaml: String(contentsOf: rules, encoding: .utf8), file: "rules/signals.yaml")
    }

    /// Lines of `kind, kind: what is said`; a dash for none.
    private static func cases(_ text: String) -> [(text: String, kinds: Set<String>)] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            let kinds = parts[0].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return (parts[1], Set(kinds.filter { $0 != "-" }))
        }
    }

    private func check(_ text: String, _ kinds: Set<String>, _ speaker: Speaker) throws {
        let found = try Self.book.get().signals(in: text, speaker: speaker)
        #expect(Set(found.map(\.kind)) == kinds, "\(text): \(found.map { "\($0.kind) “\($0.text)”" })")
    }

    @Test(arguments: cases(SampleUtterances.customers))
    func `customers are understood`(text: String, kinds: Set<String>) throws { try check(text, kinds, .customer) }

    @Test(arguments: cases(SampleUtterances.harmless))
    func `everyday words are left alone`(text: String, kinds: Set<String>) throws { try check(text, kinds, .customer) }

    @Test(arguments: cases(SampleUtterances.agents))
    func `promises of agents are noticed`(text: String, kinds: Set<String>) throws { try check(text, kinds, .agent) }
}
