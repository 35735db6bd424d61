import Foundation
import Knowledge
import Testing

/// The file of bounds.
@Suite struct LearningFileTests {
    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("knowledge/learning.yaml")

    @Test func `the sample file has the bounds of the product, all of them`() throws {
        let text = try String(contentsOf: Self.sample, encoding: .utf8)
        #expect(try LearningFile.read(path: Self.sample.path) == LearningRules())
        let named = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(named.count == Mirror(reflecting: LearningRules()).children.count)
    }

    @Test func `what the file does not name stays, and what it names counts`() throws {
        let rules = try LearningFile.read("people: 3\nsearch_lift: 0\n", file: "learning.yaml")
        var expected = LearningRules()
        (expected.people, expected.searchLift) = (3, 0)
        #expect(rules == expected)
        #expect(try LearningFile.read("", file: "learning.yaml") == LearningRules())
    }

    @Test(arguments: [
        ("people: 1", "learning.yaml:1: `people` is a whole number from 2 to 100"),
        ("people: 2.5", "learning.yaml:1: `people` is a whole number from 2 to 100"),
        ("people: many", "learning.yaml:1: `people` is a whole number from 2 to 100"),
        ("\nsearch_lift: 3", "learning.yaml:2: `search_lift` is a number from 0 to 1"),
        ("half_life_days: .nan", "learning.yaml:1: `half_life_days` is a number from 1 to 3650"),
        ("uses_per_person: 100000", "learning.yaml:1: `uses_per_person` is a whole number from 1 to 400"),
        ("similar_from: 0.9", "learning.yaml:1: `similar_from` is below `similar_fully`"),
        ("peoples: 3", "learning.yaml:1: there is no setting `peoples`; did you mean “people”?"),
        ("- 1", "learning.yaml:1: expected names with numbers"),
        ("people: 3\npeople: 4", "learning.yaml:1: a key occurs twice: [\"people\"]"),
    ])
    func `a mistake is told with its line`(text: String, message: String) {
        #expect {
            try LearningFile.read(text, file: "learning.yaml")
        } throws: { "\($0)" == message }
    }
}
