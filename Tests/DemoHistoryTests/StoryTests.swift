import DemoHistory
import Foundation
import Testing

@Suite struct StoryTests {
    private static let file = Samples.repository.appendingPathComponent("demo/ohmstead.yaml")

    @Test func `the story that is built in is the file of the repository`() throws {
        let story = try Story.builtIn()
        #expect(story.company == "Ohmstead" && story.contacts == 100_000)
        #expect(try Story(path: Self.file.path).company == story.company)
    }

    @Test(arguments: [
        ("company: Ohmstead", "firm: Ohmstead", "firm: there is no such member"),
        ("contacts: 100000", "contacts: 0", "contacts: expected 1 to 10000000"),
        ("contacts: 100000", "contacts: many", "contacts"),
        ("moods: [64, 27, 9]", "moods: [64, 27]", "moods: expected numbers"),
        ("    team: fraud\n", "    team: nobody\n", "there is no team “nobody” with agents"),
        ("    code: lost_parcel\n", "", "topics.lost_parcel.code is missing"),
        (
            "    code: lost_parcel\n", "    code: lost_parcel\n    colour: red\n",
            "topics.lost_parcel.colour: there is no such member"
        ),
        (
            "work: {kind: callback, share: 0.05}", "work: {kind: callback, share: 0.05, parts: 1}",
            "topics.late_parcel.work.parts: there is no such member"
        ),
        ("from: 03-09", "from: March", "expected a day such as 03-09"),
        ("topic: wrong_bill\n    factor", "topic: nothing\n    factor", "there is no topic “nothing”"),
        ("    script: billing-dispute\n    replace", "    replace", "expected an article or a script"),
        ("  refund_check: [", "  refund: [", "there are no outcomes of “refund_check”"),
        (
            "    relieved:\n      - Vielen", "    relief:\n      - Vielen",
            "says.de.relieved: expected at least one text"
        ),
    ])
    func `a mistake in a story is told with its place`(from: String, to: String, message: String) throws {
        let source = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(source.contains(from))
        let changed = source.replacing(from, with: to, maxReplacements: 1)
        let error = try #require(throws: HistoryError.self) { try Story(yaml: changed, file: "story.yaml") }
        #expect(error.message.hasPrefix("story.yaml: ") && error.message.contains(message), "\(error.message)")
    }

    @Test func `a story that is not there is an error`() {
        #expect(throws: HistoryError.self) { try Story(path: "/nowhere/story.yaml") }
    }
}
