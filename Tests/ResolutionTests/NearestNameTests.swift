import Resolution
import Testing
import Vocabulary

/// The name that was probably meant, told through a policy that knows some.
@Suite struct NearestNameTests {
    private func office(_ names: [String]) async throws -> Office {
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return try await Office(
            policy: Office.model(
                "if request.action in (\(list)) then {outcome: \"approved\"} else {outcome: \"denied\"}"
            )
        )
    }

    /// What is told of an action that the policy does not know.
    private func refusal(_ office: Office, _ action: String) async throws -> ResolutionError? {
        let wish = GrantRequest(action: action, reason: "x")
        do {
            _ = try await office.ledger.evaluate(wish, for: Office.agent("anna"), now: Office.start)
            return nil
        } catch let error as ResolutionError {
            return error
        }
    }

    private func nearest(_ office: Office, _ action: String) async throws -> String? {
        let expected = try await refusal(office, action)?.expected ?? ""
        return expected.firstRange(of: "; the nearest is ").map { String(expected[$0.upperBound...]) }
    }

    @Test(
        "at most a third of the letters differ, and always one may",
        arguments: [
            ("abcdef", "abcdxy", true), ("abcdef", "abcxyz", false), ("abcde", "abcdx", true),
            ("abcde", "abcxy", false),
            ("ab", "ax", true), ("ab", "xy", false), ("a", "b", true), ("abc", "bac", true), ("abc", "cba", false),
            // A letter more, a letter less, two neighbours that changed places.
            ("abcdef", "abcdefgh", true), ("abcdef", "abcdefghi", true), ("abcdef", "abcdefghij", false),
            ("abcdef", "abcd", true), ("abcdef", "abc", false), ("abcdef", "badcef", true), ("abcdef", "badcfe", false),
            ("ABCDEF", "abcdef", true),
        ]
    )
    func third(known: String, given: String, isNear: Bool) async throws {
        #expect(try await nearest(try await office([known]), given) == (isNear ? known : nil))
    }

    @Test func `the nearest is told, and the first by name of equally near ones`() async throws {
        let office = try await office(["refund", "refine", "credit"])
        #expect(try await nearest(office, "refunt") == "refund")
        #expect(try await nearest(try await self.office(["abcx", "abcy"]), "abcz") == "abcx")
        #expect(try await nearest(try await self.office(["abcy", "abcx"]), "abcz") == "abcx")
    }

    @Test("at most fifty names are listed, sorted", arguments: [(50, false), (51, true)])
    func listed(count: Int, isCut: Bool) async throws {
        let names = (10..<(10 + count)).map { "name-\($0)" }
        let expected = try await refusal(try await office(names.reversed()), "zzzzzzzzzzzz")?.expected
        let list = "one of " + names.prefix(50).joined(separator: ", ")
        #expect(expected == list + (isCut ? ", …" : ""))
    }

    /// Letters to insert, leave out, replace or swap, by trying everything.
    private static func slow(_ one: ArraySlice<Character>, _ other: ArraySlice<Character>) -> Int {
        guard let a = one.last, let b = other.last else { return max(one.count, other.count) }
        var least = slow(one.dropLast(), other.dropLast()) + (a == b ? 0 : 1)
        if a == b { return least }
        least = min(least, slow(one.dropLast(), other) + 1, slow(one, other.dropLast()) + 1)
        let (before, others) = (one.dropLast(), other.dropLast())
        if let c = before.last, let d = others.last, a == d, b == c {
            least = min(least, slow(before.dropLast(), others.dropLast()) + 1)
        }
        return least
    }

    @Test("random names are as far as a slow computation says", arguments: [1, 2, 3] as [UInt64])
    func oracle(seed: UInt64) async throws {
        var random = SeededGenerator(seed)
        func name() -> String {
            String((0..<Int.random(in: 1...7, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
        }
        let known = Set((0..<4).map { _ in name() }).sorted()
        let office = try await office(known)
        for _ in 0..<30 {
            let given = name()
            guard !known.contains(given) else { continue }
            let distances = known.map { Self.slow(Array($0)[...], Array(given)[...]) }
            let least = distances.min() ?? 0
            let best = known[distances.firstIndex(of: least) ?? 0]
            let isNear = least <= max(1, max(given.count, best.count) / 3)
            #expect(try await nearest(office, given) == (isNear ? best : nil), "\(given) among \(known)")
        }
    }
}
