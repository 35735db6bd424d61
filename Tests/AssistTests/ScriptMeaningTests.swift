import Assist
import Knowledge
import Synchronization
import Testing
import Texts

/// Scripts by the meaning of their examples, with an encoder that knows a handful of words.
@Suite struct ScriptMeaningTests {
    /// Counts what is encoded; each known word is a direction, and others are none.
    private final class Topics: Sendable {
        private static let topics: [String: Int] = [
            "parcel": 1, "package": 1, "vanished": 1, "late": 2, "overdue": 2, "charged": 3, "debited": 3, "twice": 4,
            "double": 4, "membership": 5, "subscription": 5, "cancel": 6, "quit": 6,
        ]
        private let texts = Mutex<[String]>([])

        var encoded: [String] { texts.withLock { $0 } }

        var encoder: PassageEncoder {
            PassageEncoder(name: "topics", identity: "topics", dimension: 16) { [self] texts, _ in
                self.texts.withLock { $0 += texts }
                return texts.map(Self.vector)
            }
        }

        private static func vector(_ text: String) -> [Float] {
            var vector = [Float](repeating: 0, count: 16)
            vector[0] = 0.3
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
                if let topic = topics[String(word)] { vector[topic] += 1 }
            }
            return vector
        }
    }

    private static let late = FindableScript(
        id: "late-delivery",
        version: 3,
        title: "Late delivery",
        locale: "en",
        examples: ["my parcel is overdue", "where is my parcel"]
    )
    private static let charge = FindableScript(
        id: "double-charge",
        version: 1,
        title: "Billing",
        examples: ["I was charged twice"]
    )
    private static let german = FindableScript(
        id: "akku",
        version: 1,
        title: "Akku",
        locale: "de",
        examples: ["parcel"]
    )

    private func talk(_ turns: [String]) -> Talk {
        var talk = Talk()
        for turn in turns { talk.hear(turn) }
        return talk
    }

    private func found(_ turns: String..., in scripts: [FindableScript], _ meaning: ScriptMeaning?) -> ScriptFit? {
        let (talk, finder) = (talk(turns), ScriptFinder(scripts))
        let said = meaning?.encoder(for: talk, locale: "en").flatMap { TalkMeaning(talk.turns, $0) }
        let near = said.flatMap { meaning?.near($0, among: finder.scripts(for: "en")) } ?? []
        return finder.scripts(for: talk, near: near, locale: "en", texts: .english).first
    }

    @Test("a script is found though no word of it was said, and says which example is near")
    func fits() throws {
        let meaning = ScriptMeaning(encoder: Topics().encoder)
        let scripts = [Self.late, Self.charge]
        #expect(found("The package has vanished", in: scripts, meaning) == nil)
        meaning.prepare(scripts)
        let fit = try #require(found("The package has vanished", in: scripts, meaning))
        #expect(fit.script.id == "late-delivery" && fit.because.contains("where is my parcel"))
        #expect(fit.because.contains("Close in meaning") && (0.55...1).contains(fit.score))
        #expect(found("Somebody debited it double", in: scripts, meaning)?.script.id == "double-charge")
        #expect(found("The package has vanished", in: scripts, nil) == nil)
    }

    @Test("what fits by its words fits as it does without an encoder")
    func words() throws {
        let meaning = ScriptMeaning(encoder: Topics().encoder)
        let scripts = [Self.late, Self.charge]
        let byWords = try #require(found("Where is my parcel?", in: scripts, nil))
        meaning.prepare(scripts)
        let both = try #require(found("Where is my parcel?", in: scripts, meaning))
        #expect(both == byWords && both.because.contains("where is my parcel"))
    }

    @Test("nothing is found far away, without significant words, or in another language")
    func nothing() {
        let meaning = ScriptMeaning(encoder: Topics().encoder)
        let scripts = [Self.late, Self.charge, Self.german]
        meaning.prepare(scripts)
        #expect(found("I cancel my membership", in: scripts, meaning) == nil)
        #expect(found("Yes please.", in: scripts, meaning) == nil)
        #expect(meaning.encoder(for: talk(["The package has vanished"]), locale: "de") == nil)
        #expect(found("The package has vanished", in: [Self.german], meaning) == nil)
    }

    @Test("what needs the turn before counts a little less than what the newest turn says")
    func twoTurns() throws {
        let meaning = ScriptMeaning(encoder: Topics().encoder)
        meaning.prepare([Self.charge])
        let one = try #require(found("Somebody debited it double", in: [Self.charge], meaning))
        let two = try #require(found("Somebody debited it", "Double, I say", in: [Self.charge], meaning))
        let half = try #require(found("Double, I say", in: [Self.charge], meaning))
        #expect(half.score < two.score && two.score < one.score)
    }

    @Test("versions that an agent would not get are neither found nor do they hide others", arguments: 1...30)
    func visibility(seed: Int) {
        let meaning = ScriptMeaning(encoder: Topics().encoder)
        let words = ["parcel", "late", "charged", "twice", "membership", "cancel"]
        var state = UInt64(seed)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let all = (0..<24).map { number in
            FindableScript(
                id: "s\(number / 2)",
                version: Int64(number % 2 + 1),
                title: "Untitled",
                examples: (0...next(4)).map { _ in "\(words[next(6)]) \(words[next(6)])" }
            )
        }
        meaning.prepare(all)
        let visible = all.filter { _ in next(3) == 0 }.reduce(into: [FindableScript]()) { kept, script in
            if !kept.contains(where: { $0.id == script.id }) { kept.append(script) }
        }
        let encoder = Topics().encoder
        for said in ["package overdue", "debited double", "quit subscription", "late parcel twice"] {
            guard let talk = TalkMeaning([said], encoder) else { continue }
            let found = meaning.near(talk, among: visible)
            // The nearest of the visible examples, by comparing them one by one.
            let expected = visible.map { script in
                (script.id, ([script.title] + script.examples).map { cosine(said, $0, encoder) }.max() ?? 0)
            }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
            #expect(found.isEmpty == visible.isEmpty)
            #expect(found.allSatisfy { near in visible.contains { $0.id == near.id && Self.has($0, near.text) } })
            for near in found {
                let wanted = expected.first { $0.0 == near.id }
                #expect(abs(near.similarity - (wanted?.1 ?? -2)) < 0.02)
            }
            if let first = found.first { #expect(abs(first.similarity - (expected.first?.1 ?? -2)) < 0.02) }
        }
    }

    private static func has(_ script: FindableScript, _ text: String) -> Bool {
        script.title == text || script.examples.contains(text)
    }

    private func cosine(_ left: String, _ right: String, _ encoder: PassageEncoder) -> Double {
        let vectors = encoder.encode([left, right], as: .query)
        func product(_ a: [Float], _ b: [Float]) -> Double {
            zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        return product(vectors[0], vectors[1])
            / (product(vectors[0], vectors[0]) * product(vectors[1], vectors[1])).squareRoot()
    }

    @Test("a new version counts once it is encoded, and encodes only what is new")
    func publication() {
        let topics = Topics()
        let meaning = ScriptMeaning(encoder: topics.encoder)
        meaning.prepare([Self.late])
        let encoded = topics.encoded
        #expect(Set(encoded) == ["Late delivery", "my parcel is overdue", "where is my parcel"])
        let next = FindableScript(
            id: Self.late.id,
            version: 4,
            title: Self.late.title,
            locale: "en",
            examples: ["my parcel is overdue", "they debited it double"]
        )
        #expect(found("I was charged twice", in: [next], meaning) == nil)
        meaning.prepare([next])
        #expect(topics.encoded.dropFirst(encoded.count).contains("they debited it double"))
        #expect(topics.encoded.filter { $0 == "my parcel is overdue" }.count == 1)
        #expect(found("I was charged twice", in: [next], meaning)?.script.version == 4)
        // Back to the version before: the other one is gone.
        meaning.prepare([Self.late])
        #expect(found("I was charged twice", in: [Self.late], meaning) == nil)
        #expect(found("I was charged twice", in: [next], meaning) == nil)
        #expect(found("The package has vanished", in: [Self.late], meaning)?.script.version == 3)
    }

    @Test("texts are encoded a few at a time, and scripts found when all are")
    func steps() {
        let topics = Topics()
        let meaning = ScriptMeaning(encoder: topics.encoder)
        let scripts = [Self.late, Self.charge]
        #expect(!meaning.prepare(scripts, atMost: 3) && topics.encoded.count == 3)
        #expect(meaning.encoder(for: talk(["The package has vanished"]), locale: "en") == nil)
        #expect(meaning.prepare(scripts, atMost: 3) && topics.encoded.count == 5)
        #expect(found("The package has vanished", in: scripts, meaning) != nil)
        #expect(meaning.prepare([]))
        #expect(meaning.encoder(for: talk(["The package has vanished"]), locale: "en") == nil)
    }
}

/// Examples that cannot tell scripts apart.
@Suite struct ExampleComparisonTests {
    /// An encoder whose vectors are random, and near those of texts with the same first letter.
    private static let encoder = PassageEncoder(name: "random", identity: "random", dimension: 24) { texts, _ in
        texts.map { text in
            func direction(_ text: some StringProtocol) -> [Float] {
                var state = text.utf8.reduce(UInt64(99)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
                return (0..<24).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Float(state >> 40) / Float(1 << 23) - 1
                }
            }
            return zip(direction(text.prefix(1)), direction(text)).map { $0 + 0.45 * $1 }
        }
    }

    @Test("of two scripts the nearest pair is found, as by comparing all pairs", arguments: 1...10)
    func oracle(seed: Int) {
        let scripts = (0..<7).map { script in
            (0..<(seed + script) % 5).map { example in
                "\("abcdefgh".dropFirst((seed * 3 + script * 5 + example) % 8).first ?? "a")\(script)\(example)"
            }
        }
        func cosine(_ a: String, _ b: String) -> Double {
            let vectors = Self.encoder.encode([a, b], as: .query)
            func product(_ a: [Float], _ b: [Float]) -> Double {
                zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            return product(vectors[0], vectors[1])
                / (product(vectors[0], vectors[0]) * product(vectors[1], vectors[1])).squareRoot()
        }
        let pairs = ExampleComparison.pairs(in: scripts, by: Self.encoder)
        for left in scripts.indices {
            for right in scripts.indices where left < right {
                let best = scripts[left].flatMap { a in scripts[right].map { cosine(a, $0) } }.max() ?? 0
                let found = pairs.first { $0.first.script == left && $0.second.script == right }
                // Rounding to 8 bits decides what is at the bar.
                guard abs(best - ExampleComparison.bar) > 0.02 else { continue }
                #expect((found != nil) == (best >= ExampleComparison.bar))
                if let found { #expect(abs(found.similarity - best) < 0.02) }
            }
        }
        #expect(pairs == pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) })
    }

    @Test("examples of one script may mean the same, and nothing is found in nothing")
    func own() {
        #expect(ExampleComparison.pairs(in: [["a", "a"], ["b"]], by: Self.encoder).isEmpty)
        #expect(ExampleComparison.pairs(in: [], by: Self.encoder).isEmpty)
        let pairs = ExampleComparison.pairs(in: [["b", "a"], [], ["a"]], by: Self.encoder)
        #expect(pairs.map(\.first) == [.init(script: 0, example: 1)])
        #expect(pairs.map(\.second) == [.init(script: 2, example: 0)])
        #expect(pairs.allSatisfy { $0.similarity > 0.99 && $0.similarity <= 1 })
    }
}
