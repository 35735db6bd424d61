import FEEL
import Testing

/// Looking up keys and merging contexts, against a slow way of doing so.
@Suite struct ContextShapeTests {
    /// Keys with equivalents of other bytes: é in two forms, the Kelvin sign and K, the Greek question mark and `;`.
    private static let keys =
        ["\u{E9}", "e\u{301}", "\u{212A}", "K", "\u{37E}", ";", "", "a b"] + (0..<40).map { "key\($0)" }

    private static func distinct(_ keys: [String]) -> [String] {
        keys.reduce(into: []) { result, key in
            if !result.contains(key) { result.append(key) }
        }
    }

    @Test(arguments: [0, 1, 5, 8, 9, 20, 40])
    func keysAreFoundAsByComparingEach(_ count: Int) {
        var generator = SeededGenerator(UInt64(count) + 1)
        for _ in 0..<50 {
            let chosen = Self.distinct(Array(Self.keys.shuffled(using: &generator).prefix(count)))
            let shape = ContextShape(chosen)
            for key in Self.keys {
                #expect(shape.position(of: key) == chosen.firstIndex(of: key), "\(key) in \(chosen)")
            }
        }
    }

    @Test func laterEntriesWinAtTheEarlierPlace() {
        for padding in [0, 20] {
            let more = (0..<padding).map { (key: "more \($0)", value: Value.null) }
            let context = Context([("a", 1), ("K", 2)] + more + [("a", 3), ("\u{212A}", 4)])
            #expect(context.count == 2 + padding)
            #expect(context["a"]?.description == "3" && context["K"]?.description == "4")
            #expect(context.shape.keys.first == "a")
        }
    }

    @Test func mergingPutsEntryAfterEntry() {
        var generator = SeededGenerator(9)
        for _ in 0..<200 {
            let parts = (0..<Int.random(in: 1...3, using: &generator)).map { part in
                let keys = Self.distinct(
                    Array(Self.keys.shuffled(using: &generator).prefix(Int.random(in: 0...12, using: &generator)))
                )
                return Context(keys.map { (key: $0, value: .number(part)) })
            }
            let expected = parts.dropFirst().reduce(parts[0]) { merged, part in
                part.entries.reduce(merged) { $0.putting($1.value, for: $1.key) }
            }
            let list = Value.list(parts.map { .context($0) })
            let merged = value("context merge(l)", ["l": list])
            #expect(merged.description == Value.context(expected).description)
        }
    }

    @Test func textsGrowInChainsAsByPairs() {
        #expect(shown("\"a\" + \"b\" + string(1) + \"c\"") == "\"ab1c\"")
        #expect(shown("\"a\" + \"b\" + 1 + \"c\"") == "null")
        #expect(shown("s + s + s", ["s": "xy"]) == "\"xyxyxy\"")
    }
}
