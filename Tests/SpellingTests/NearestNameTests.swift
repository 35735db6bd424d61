import Spelling
import Testing

@Suite struct NearestNameTests {
    private let names = ["alerts.get", "alerts.list", "conversation.open", "late-delivery-refund", "refund"]

    @Test(
        arguments: [
            ("alert.list", "alerts.list"), ("alerts.lst", "alerts.list"), ("Alerts.List", "alerts.list"),
            ("alerts_list", "alerts.list"), ("late_delivery_refund", "late-delivery-refund"),
            ("late-delivry-refnud", "late-delivery-refund"), ("refnd", "refund"),
            ("conversations.open", "conversation.open"),
        ]
    )
    func `a slip is recognised`(wrong: String, meant: String) {
        #expect(NearestName.of(wrong, among: names) == meant)
    }

    @Test(arguments: ["", "x", "knowledge.search", "replacement", String(repeating: "alerts.list", count: 1_000)])
    func `what is far from every name has none near`(wrong: String) {
        #expect(NearestName.of(wrong, among: names) == nil)
    }

    @Test func `of names that are equally near the first is taken`() {
        #expect(NearestName.of("cat", among: ["car", "cap"]) == "car")
        #expect(NearestName.of("cat", among: ["car", "cat"]) == "cat")
        #expect(NearestName.of("cat", among: [String]()) == nil)
    }

    @Test func `the question stands behind a sentence`() {
        #expect(NearestName.question("refnd", among: names) == "; did you mean “refund”?")
        #expect(NearestName.question("knowledge", among: names).isEmpty)
    }
}
