import Access
import Resolution
import Synchronization
import Testing
import Vocabulary

@Suite struct RequestNamesTests {
    private let anna = Office.agent("anna")

    private func wish(_ action: String, _ reason: String) throws -> GrantRequest {
        GrantRequest(
            action: action,
            amount: action == "late_return" ? nil : try Office.money("5.00"),
            reason: reason,
            customerID: "c-1",
            reference: GrantReference(type: "order", id: "OH-1")
        )
    }

    @Test(
        "what the policy's tables do not know is refused, with what there is and what is nearest",
        arguments: [
            ("refnd", "late_delivery", "action", "refund"), ("Refund", "late_delivery", "action", "refund"),
            ("goodwil", "x", "action", "goodwill"), ("refund", "late_delivry", "reason", "late_delivery"),
            ("refund", "damaged on arrival", "reason", "damaged_on_arrival"),
            ("late_return", "hardhip", "reason", "hardship"),
        ]
    )
    func unknown(action: String, reason: String, argument: String, nearest: String) async throws {
        let office = try await Office()
        let isTold = { (error: any Error) -> Bool in
            guard let error = error as? ResolutionError else { return false }
            return error.code == .invalid && error.argument == argument
                && error.expected?.hasSuffix("; the nearest is \(nearest)") == true
                && error.message.contains("did you mean “\(nearest)”?")
        }
        let wish = try wish(action, reason)
        await #expect(
            performing: { try await office.ledger.evaluate(wish, for: anna, now: Office.start) },
            throws: isTold
        )
        await #expect(
            performing: { try await office.ledger.request(wish, key: "k", for: anna, now: Office.start) },
            throws: isTold
        )
        #expect(office.notices.told.withLock { $0.isEmpty })
    }

    @Test(
        "what the tables know, or take any of, is decided",
        arguments: [
            ("refund", "late_delivery"), ("refund", "price_match"), ("credit", "price_promise"),
            ("goodwill", "whatever"),
            ("replacement", "wrong_item"), ("late_return", "hardship"),
        ]
    )
    func known(action: String, reason: String) async throws {
        let office = try await Office()
        _ = try await office.ledger.evaluate(wish(action, reason), for: anna, now: Office.start)
    }

    @Test func `a name far from every other is told what there is, and nothing nearer`() async throws {
        let office = try await Office()
        await #expect(
            performing: { try await office.ledger.evaluate(wish("xyz", "q"), for: anna, now: Office.start) },
            throws: {
                ($0 as? ResolutionError)?.expected
                    == "one of credit, fee_waiver, goodwill, late_return, refund, replacement"
            }
        )
    }

    @Test func `a policy without names takes every one, and one that compares texts knows those`() async throws {
        let plain = Office.model("{outcome: \"approved\", reason: \"fine\"}")
        _ = try await Office(policy: plain).ledger.evaluate(wish("anything", "at all"), for: anna, now: Office.start)
        let comparing = Office.model(
            "if request.action in (\"a\", \"b\") or request.action = \"c\" then {outcome: \"approved\"} else {outcome: \"denied\"}"
        )
        let office = try await Office(policy: comparing)
        for action in ["a", "b", "c"] {
            _ = try await office.ledger.evaluate(wish(action, "any"), for: anna, now: Office.start)
        }
        await #expect(
            performing: { try await office.ledger.evaluate(wish("d", "any"), for: anna, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.expected?.hasPrefix("one of a, b, c") == true }
        )
    }

    @Test func `what the type of the input declares counts instead`() async throws {
        let declared = Office.model("{outcome: \"approved\"}")
            .replacing(
                "<inputData id=\"request\" name=\"request\"><variable name=\"request\"/>",
                with: """
                    <itemDefinition name="tAction"><typeRef>string</typeRef>
                    <allowedValues><text>"swap", "gift"</text></allowedValues></itemDefinition>
                    <itemDefinition name="tRequest"><itemComponent name="action"><typeRef>tAction</typeRef></itemComponent>
                    <itemComponent name="reason"><typeRef>string</typeRef>
                    <allowedValues><text>"late", "lost"</text></allowedValues></itemComponent></itemDefinition>
                    <inputData id="request" name="request"><variable name="request" typeRef="tRequest"/>
                    """
            )
        let office = try await Office(policy: declared)
        _ = try await office.ledger.evaluate(wish("swap", "late"), for: anna, now: Office.start)
        for (action, reason, argument) in [("swop", "late", "action"), ("gift", "lst", "reason")] {
            await #expect(
                performing: { try await office.ledger.evaluate(wish(action, reason), for: anna, now: Office.start) },
                throws: { ($0 as? ResolutionError)?.argument == argument }
            )
        }
    }

    @Test func `the same key answers its request, though the policy no longer knows the action`() async throws {
        let office = try await Office()
        let first = try await office.ledger.request(wish("credit", "x"), key: "k", for: anna, now: Office.start)
        try await office.publish(
            Office.model("if request.action = \"refund\" then {outcome: \"approved\"} else {outcome: \"denied\"}")
        )
        #expect(
            try await office.ledger.request(wish("credit", "x"), key: "k", for: anna, now: Office.start).id == first.id
        )
    }
}
