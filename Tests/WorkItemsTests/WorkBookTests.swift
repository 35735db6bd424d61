import Foundation
import Testing
import Vocabulary
import WorkItems

@Suite struct WorkBookTests {
    private static func kind(_ members: String) -> String {
        "kinds:\n  a:\n    title: A\n    team: t\n"
            + members.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    }

    @Test(
        arguments: [
            ("", "w.yaml:0:0: the file is empty"),
            ("kinds: {}", "w.yaml:1:8: expected at least one kind"),
            ("ladders: {}", "w.yaml:1:1: “kinds” is missing"),
            ("kinds:\n  a: {title: A, team: t}", "w.yaml:2:3: “clocks” is missing in the kind “a”"),
            (kind("clocks: {}"), "w.yaml:5:13: expected response, done or both"),
            (kind("clocks: {done: 2d}"), "w.yaml:5:20: expected business time"),
            (kind("clocks: {done: 0m}"), "w.yaml:5:20: expected business time"),
            (kind("clocks: {done: 1h, response: 2h}"), "w.yaml:5:34: the clock response allows more time than done"),
            (
                kind("clocks: {done: {within: 1h, remind: [2h]}}"),
                "w.yaml:5:42: expected less than the time of the clock"
            ),
            (kind("clocks: none\ncolour: red"), "w.yaml:6:5: unknown member “colour”"),
            (kind("clocks: none\nladder: x"), "w.yaml:6:13: work without clocks is never late"),
            (kind("clocks: {done: 1h}\nladder: x"), "w.yaml:6:13: there is no ladder “x”"),
            (kind("clocks: none\npriority: soon"), "w.yaml:6:15: expected one of low, normal, high, urgent"),
            (kind("clocks: none\noutcome: {r: {choices: []}}"), "w.yaml:6:18: expected at least one choice"),
            ("kinds:\n  A: {title: A, team: t, clocks: none}", "w.yaml:2:3: expected the name of a kind"),
            ("kinds:\n  a: {title: {de: A}, team: t, clocks: none}", "w.yaml:2:14: expected a title in English"),
            (
                kind("clocks: {done: 1h}")
                    + "\nladders:\n  x: {steps: [owner], then: y}\n  y: {steps: [lead], then: x}",
                "w.yaml:7:29: the ladders lead in a circle: x, y, x"
            ),
            (
                kind("clocks: {done: 1h}") + "\nladders:\n  x: {steps: [owner], then: x}",
                "w.yaml:7:29: the ladders lead in a circle: x, x"
            ),
            (
                kind("clocks: {done: 1h}") + "\nladders:\n  x: {steps: [{to: lead, team: t}]}",
                "w.yaml:7:32: only a step `to: team` names a team"
            ),
        ]
    )
    func `a mistake is told with its place and what is expected`(yaml: String, expected: String) {
        let (book, findings) = WorkBook.read(yaml, file: "w.yaml")
        #expect(book == nil)
        #expect(findings.contains { $0.description.hasPrefix(expected) }, "\(findings.map(\.description))")
    }

    @Test func `what is not YAML is told`() {
        let findings = WorkBook.read("kinds: [", file: "w.yaml").findings
        #expect(findings.count == 1 && findings.first?.message.hasPrefix("this is not YAML") == true)
    }

    @Test func `every mistake of a file is told`() {
        let yaml = "kinds:\n  a: {title: A, team: t, clocks: {done: x}}\n  b: {title: B, clocks: none}\n  c: 1"
        #expect(WorkBook.read(yaml, file: "w.yaml").findings.map(\.line).sorted() == [2, 3, 4, 4, 4, 4])
    }

    @Test func `the sample kinds can be read`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let yaml = try String(contentsOf: root.appendingPathComponent("rules/work.yaml"), encoding: .utf8)
        let (book, findings) = WorkBook.read(yaml, file: "work.yaml")
        #expect(findings.isEmpty)
        #expect(book?.names == ["callback", "complaint", "refund_check", "knowledge_gap", "reminder"])
        #expect(book?["callback"]?.ladder.map(\.audience) == [.owner, .lead, .team])
        #expect(book?["callback"]?.title(in: "de-AT") == "Kunden zurückrufen")
        #expect(book?["callback"]?.title(in: "fr") == "Call the customer back")
    }

    @Test(
        arguments: [
            ("30m", 1_800), ("4h", 14_400), ("1h30m", 5_400), ("8784h", 31_622_400), ("", nil), ("4", nil), ("h", nil),
            ("-1h", nil), ("0h", nil), ("30m1h", nil), ("99999h", nil), ("1d", nil),
        ] as [(String, Int?)]
    )
    func `business time is read`(text: String, seconds: Int?) {
        #expect(WorkTime.read(text) == seconds.map { .seconds($0) })
    }

    @Test(
        arguments: [
            ("PT4H", 14_400), ("P1DT30M", 88_200), ("PT90S", 90), ("P", nil), ("PT0H", nil), ("4h", nil), ("P1Y", nil),
            ("-PT1H", nil),
        ] as [(String, Int?)]
    )
    func `durations of decision models are read`(text: String, seconds: Int?) {
        #expect(WorkTime.read(iso: text) == seconds.map { .seconds($0) })
    }
}
