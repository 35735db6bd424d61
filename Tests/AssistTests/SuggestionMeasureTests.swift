import Assist
import Foundation
import PublicData
import Testing
import Texts

/// Evaluates the suggester's threshold on utterances written in advance.
@Suite struct SuggestionMeasureTests {
    private static let folder = SampleArticles.repository.appendingPathComponent("Integration/suggestions")

    private func suggested(_ text: String) throws -> [String] {
        var talk = Talk()
        talk.hear(text)
        return try Suggester(index: SampleArticles.index.get()).suggestions(
            for: talk,
            locale: "en",
            visibility: SampleArticles.agent,
            texts: .english,
            now: SampleArticles.now
        ).map(\.articleID)
    }

    private static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    @Test("most customer utterances bring a helpful article, and very few a wrong one first")
    func retail() throws {
        var (right, wrong, all) = (0, 0, 0)
        for line in try Self.lines("retail.tsv") {
            let fields = line.split(separator: "\t").map(String.init)
            let wanted = Set(fields[1].split(separator: ",").map(String.init))
            all += 1
            guard let first = try suggested(fields[0]).first else { continue }
            if wanted.contains(first) { right += 1 } else { wrong += 1 }
        }
        #expect(Double(right) >= 0.7 * Double(all), "\(right) of \(all)")
        #expect(Double(wrong) <= 0.06 * Double(all), "\(wrong) of \(all)")
    }

    @Test("small talk brings nothing")
    func smallTalk() throws {
        let lines = try Self.lines("small_talk.txt")
        let loud = try lines.filter { try !suggested($0).isEmpty }
        #expect(Double(loud.count) <= 0.05 * Double(lines.count), "\(loud)")
    }

    @Test(
        "questions of bank customers bring nothing of the retailer, but for those that fit a shop as well",
        .enabled(if: PublicData.isExpected, "\(PublicData.absence)")
    )
    func banking() throws {
        let text = try PublicData.text("search/banking77/test.csv")
        let rows = text.split(whereSeparator: \.isNewline).dropFirst()
        let questions = rows.enumerated().filter { $0.offset % 4 == 0 }.map { row in
            String(row.element[..<(row.element.lastIndex(of: ",") ?? row.element.endIndex)])
        }
        let quiet = try questions.count { try suggested($0).isEmpty }
        #expect(questions.count > 500)
        #expect(Double(quiet) >= 0.85 * Double(questions.count), "\(quiet) of \(questions.count)")
    }
}
