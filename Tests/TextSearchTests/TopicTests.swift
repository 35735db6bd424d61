import Testing
import TextSearch

@Suite struct TopicTests {
    private static let index = {
        let index = SearchIndex(
            synonyms: SynonymTable([.init(locale: "en", phrases: ["parcel", "package"], weight: 0.7)])
        )
        let documents = [
            SearchDocument(
                key: "late",
                locale: "en",
                title: "Late parcel",
                body: "The parcel is late. Pay the delivery back."
            ),
            SearchDocument(key: "pixel", locale: "en", title: "Dead pixels", body: "Count the pixels of the screen."),
            SearchDocument(
                key: "drum",
                locale: "en",
                title: "Water in the drum",
                body: "Clean the filter of the machine."
            ),
            SearchDocument(key: "spät", locale: "de", title: "Paket zu spät", body: "Das Paket kommt zu spät."),
            SearchDocument(
                key: "secret",
                locale: "en",
                title: "Late parcel of a prominent customer",
                body: "Call the desk lead.",
                labels: ["audience:lead"]
            ),
        ]
        index.apply(documents.map { .upsert($0) }, sequence: 1)
        return index
    }()

    private static func candidates(
        _ passages: [TopicQuery.Passage],
        locale: String = "en",
        filter: SearchFilter = SearchFilter([.noneOf(["audience:lead"])])
    ) -> [TopicCandidate] {
        var seen: [TopicCandidate] = []
        _ = index.topics(TopicQuery(passages, locale: locale, filter: filter)) { found in
            seen = found
            return []
        }
        return seen
    }

    @Test("a document that contains every significant word covers nearly all of them")
    func coverage() throws {
        let best = try #require(Self.candidates([.init("my parcel is late")]).first)
        #expect(best.key == "late")
        #expect(best.coverage > 0.6)
        #expect(best.titleShare == 1)
        #expect(Set(best.titleWords) == ["parcel", "late"])
    }

    @Test("words in no document count against every document")
    func unknownWords() throws {
        let alone = try #require(Self.candidates([.init("parcel")]).first)
        let among = try #require(Self.candidates([.init("passcode parcel exchange")]).first)
        #expect(among.coverage < alone.coverage / 2)
        #expect(among.weight == alone.weight)
    }

    @Test("words in title, keywords, asked phrases or summary count as the topic of a document")
    func about() throws {
        let index = SearchIndex()
        index.apply(
            [
                SearchDocument(key: "named", locale: "en", title: "Parcel", keywords: "late", body: "Call the bank."),
                SearchDocument(key: "titled", locale: "en", title: "Bank", body: "The parcel is late."),
            ].map { .upsert($0) },
            sequence: 1
        )
        func share(_ text: String, _ key: String) throws -> Double {
            var seen: [TopicCandidate] = []
            _ = index.topics(TopicQuery([.init(text)], locale: "en")) { found in
                seen = found
                return []
            }
            return try #require(seen.first { $0.key == key }).aboutShare
        }
        #expect(try share("late parcel", "named") == 1)
        #expect(try share("bank", "named") == 0)
        #expect((0.1..<0.9).contains(try share("the bank has my parcel", "named")))
        #expect(try share("late parcel", "titled") == 1, "it says nothing of itself but its title")
    }

    @Test(
        "talk that tells nothing is compared with nothing",
        arguments: ["", "Hello, yes please!", "the of and", "49.99 20", "How long will it take?"]
    )
    func smallTalk(text: String) {
        #expect(Self.candidates([.init(text)]).isEmpty)
        #expect(SearchIndex.tellingStems(of: text, locale: "en").isEmpty)
    }

    @Test("a passage of lower weight counts less, and its words are not fresh")
    func recency() throws {
        let faded = Self.candidates([.init("dead pixels", weight: 0.3), .init("my parcel is late")])
        #expect(faded.first?.key == "late")
        let pixel = try #require(faded.first { $0.key == "pixel" })
        #expect(pixel.freshShare == 0)
        #expect(faded.first?.freshShare == 1)
    }

    @Test("a synonym matches the word, but other languages do not")
    func synonymsAndLanguages() {
        #expect(Self.candidates([.init("where is my package")]).first?.key == "late")
        #expect(Self.candidates([.init("Paket spät")]).isEmpty)
        #expect(Self.candidates([.init("mein Paket ist spät")], locale: "de-AT").map(\.key) == ["spät"])
        #expect(Self.candidates([.init("colis")], locale: "fr").isEmpty)
    }

    @Test("a hidden document is never a candidate")
    func visibility() {
        let passages: [TopicQuery.Passage] = [.init("late parcel of a prominent customer")]
        #expect(!Self.candidates(passages).contains { $0.key == "secret" })
        #expect(Self.candidates(passages, filter: SearchFilter()).contains { $0.key == "secret" })
    }

    @Test("only chosen documents are returned, in the chosen order, with title and snippet")
    func choice() {
        let query = TopicQuery([.init("parcel pixels")], locale: "en")
        var keys: [String] = []
        let hits = Self.index.topics(query) { found in
            keys = found.map(\.key)
            return [1, 0, 99]
        }
        #expect(hits.map(\.candidate.key) == [keys[1], keys[0]])
        #expect(hits.allSatisfy { !$0.title.isEmpty && !$0.snippet.isEmpty })
    }
}
