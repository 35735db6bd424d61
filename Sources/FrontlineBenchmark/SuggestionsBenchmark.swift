import Access
import ArgumentParser
import Assist
import Foundation
import FrontlineService
import Knowledge
import TextSearch
import Texts
import Vocabulary

struct SuggestionsBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggestions",
        abstract: "Play conversations and measure the articles that are pushed to the agent, and what it costs.",
        discussion: """
            A conversation is a line {"set", "turns": [text], "wanted": [article id]} of what the customer says turn by \
            turn. One line is printed for every set: the shares of conversations with a wanted article first and among \
            the first three suggestions, the share with no suggestion at all, suggestions for each conversation, and \
            the time of a turn.
            """
    )

    @Option(help: "A document of native articles.", completion: .file()) var articles: String
    @Option(help: "The conversations, a JSON object a line.", completion: .file()) var conversations: String
    @Option(help: "The file of synonyms.", completion: .file()) var synonyms: String?
    @OptionGroup var encoder: BenchmarkEncoder
    @Flag(help: "Print what is suggested for each conversation too.") var show = false
    @Flag(help: "Print the evidence of the nearest articles instead, a JSON object a turn.") var evidence = false

    private struct Contact {
        let turns: [String]
        let wanted: Set<String>
    }

    private struct SetLine: Encodable {
        let engine = "frontline"
        let set: String
        let conversations: Int
        let wantedFirst: Double
        let wantedInFirstThree: Double
        let nothingSuggested: Double
        let suggestions: Double
        let p50Microseconds: Double
        let p99Microseconds: Double
    }

    private struct Outcome: Encodable {
        let turns: [String]
        let wanted: [String]
        let suggested: [String]
        let because: [String]
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggestions-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let index = try await encoder.index(ofArticles: articles, in: folder)
        if let synonyms { index.setSynonyms(try SynonymFile.read(path: synonyms)) }
        if evidence { return try printEvidence(of: index) }
        let suggester = Suggester(index: index)
        suggester.prepare()
        for (name, contacts) in try sets() { try JSONLine.print(measure(name, contacts, suggester)) }
    }

    private struct TurnLine: Encodable {
        struct Candidate: Encodable {
            let id: String
            let coverage: Double
            let weight: Double
            let aboutShare: Double
            let titleShare: Double
            let askedShare: Double
            let freshShare: Double
            let words: [String]
        }

        let set: String
        let turn: String
        let wanted: [String]
        let candidates: [Candidate]
    }

    /// Prints what the choice of suggestions rests on, for `Integration/suggestions/calibrate.py`.
    private func printEvidence(of index: KnowledgeIndex) throws {
        let agent = ArticleVisibility(of: .init(subject: "benchmark", roles: [.agent]))
        for (name, contacts) in try sets() {
            for contact in contacts {
                var talk = Talk()
                for turn in contact.turns {
                    talk.hear(turn)
                    var seen: [TurnLine.Candidate] = []
                    _ = index.topics(talk.passages, locale: "en", visibility: agent, now: DataFolder.systemClock()) {
                        seen = $0.map { id, evidence in
                            TurnLine.Candidate(
                                id: id,
                                coverage: evidence.coverage,
                                weight: evidence.weight,
                                aboutShare: evidence.aboutShare,
                                titleShare: evidence.titleShare,
                                askedShare: evidence.askedShare,
                                freshShare: evidence.freshShare,
                                words: evidence.words
                            )
                        }
                        return []
                    }
                    let line = TurnLine(set: name, turn: turn, wanted: contact.wanted.sorted(), candidates: seen)
                    try JSONLine.print(line)
                }
            }
        }
    }

    private func measure(_ name: String, _ contacts: [Contact], _ suggester: Suggester) throws -> SetLine {
        var times: [UInt64] = []
        var (first, firstThree, nothing, suggested) = (0, 0, 0, 0)
        for contact in contacts {
            let offered = play(contact, suggester, &times)
            if let best = offered.first, contact.wanted.contains(best.articleID) { first += 1 }
            if offered.prefix(3).contains(where: { contact.wanted.contains($0.articleID) }) { firstThree += 1 }
            if offered.isEmpty { nothing += 1 }
            suggested += offered.count
            guard show else { continue }
            try JSONLine.print(
                Outcome(
                    turns: contact.turns,
                    wanted: contact.wanted.sorted(),
                    suggested: offered.map { "\($0.articleID) \($0.score)" },
                    because: offered.prefix(1).map(\.because)
                )
            )
        }
        let percentiles = Percentiles(nanoseconds: times)
        func share(_ count: Int) -> Double {
            (Double(count) / Double(max(1, contacts.count)) * 1_000).rounded() / 1_000
        }
        return SetLine(
            set: name,
            conversations: contacts.count,
            wantedFirst: share(first),
            wantedInFirstThree: share(firstThree),
            nothingSuggested: share(nothing),
            suggestions: share(suggested),
            p50Microseconds: percentiles.milliseconds(0.5) * 1_000,
            p99Microseconds: percentiles.milliseconds(0.99) * 1_000
        )
    }

    /// Everything that is offered in a conversation, in the order of the turns.
    private func play(_ contact: Contact, _ suggester: Suggester, _ times: inout [UInt64]) -> [Suggestion] {
        let agent = ArticleVisibility(of: .init(subject: "benchmark", roles: [.agent]))
        let now = DataFolder.systemClock()
        var talk = Talk()
        var history = SuggestionHistory()
        var offered: [Suggestion] = []
        for turn in contact.turns {
            talk.hear(turn)
            let start = Monotonic.nanoseconds()
            let found = suggester.suggestions(
                for: talk,
                meaning: suggester.encoder(for: talk, locale: "en").flatMap { TalkMeaning(talk.turns, $0) },
                locale: "en",
                history: history,
                visibility: agent,
                texts: .builtIn("en"),
                now: now
            )
            times.append(Monotonic.nanoseconds() - start)
            for suggestion in found { history.fits[suggestion.articleID] = suggestion.fit }
            offered += found
        }
        return offered
    }

    /// The sets in the order in which they first appear.
    private func sets() throws -> [(name: String, contacts: [Contact])] {
        var sets: [(name: String, contacts: [Contact])] = []
        for row in try JSONLine.values(ofFile: conversations) {
            let turns = (row["turns"]?.array ?? []).compactMap(\.string)
            let wanted = Set((row["wanted"]?.array ?? []).compactMap(\.string))
            let name = row["set"]?.string ?? "all"
            if let place = sets.firstIndex(where: { $0.name == name }) {
                sets[place].contacts.append(Contact(turns: turns, wanted: wanted))
            } else {
                sets.append((name, [Contact(turns: turns, wanted: wanted)]))
            }
        }
        return sets
    }
}
