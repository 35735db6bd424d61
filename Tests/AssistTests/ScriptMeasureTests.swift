import Assist
import Foundation
import PublicData
import Testing
import Texts

/// Evaluates the script finder on real questions in 77 groups.
@Suite struct ScriptMeasureTests {
    private static func rows(_ name: String) throws -> [(text: String, group: String)] {
        try PublicData.text("search/banking77/\(name).csv")
            .split(whereSeparator: \.isNewline).dropFirst()
            .compactMap { line in
                guard let comma = line.lastIndex(of: ",") else { return nil }
                return (String(line[..<comma]), String(line[line.index(after: comma)...]))
            }
    }

    @Test(
        "with ten examples each, most questions that bring a script bring the right one, and others bring none",
        .enabled(if: PublicData.isExpected, "\(PublicData.absence)")
    )
    func banking() throws {
        let (known, asked) = try (Self.rows("train"), Self.rows("test"))
        let scripts = Dictionary(grouping: known, by: \.group).sorted { $0.key < $1.key }.map { group, rows in
            FindableScript(
                id: group,
                version: 1,
                title: group.replacing("_", with: " "),
                locale: "en",
                examples: rows.prefix(10).map(\.text)
            )
        }
        let finder = ScriptFinder(scripts)
        func found(_ text: String) -> String? {
            var talk = Talk()
            talk.hear(text)
            return finder.scripts(for: talk, locale: "en", texts: .english).first?.script.id
        }
        var (right, wrong) = (0, 0)
        let questions = asked.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
        for question in questions {
            guard let script = found(question.text) else { continue }
            if script == question.group { right += 1 } else { wrong += 1 }
        }
        let folder = SampleArticles.repository.appendingPathComponent("Integration/suggestions/retail.tsv")
        let others = try String(contentsOf: folder, encoding: .utf8).split(separator: "\n")
        let loud = others.count { found(String($0.prefix { $0 != "\t" })) != nil }
        #expect(questions.count > 500 && right > 2 * wrong, "\(right) right, \(wrong) wrong")
        #expect(Double(loud) <= 0.15 * Double(others.count), "\(loud) of \(others.count)")
    }
}
