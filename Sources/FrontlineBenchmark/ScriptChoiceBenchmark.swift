import ArgumentParser
import Assist
import Foundation
import FrontlineService
import Knowledge
import ModelSupply
import Scripting
import Texts
import Vocabulary

struct ScriptChoiceBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script-choice",
        abstract: "Measure which script is offered for what customers say, and what that costs.",
        discussion: """
            An utterance is a line {"text", "script": id or null, "half"}. One line is printed for every half: how many \
            utterances that need a script bring the right one, another one or none, how many of the others bring one, and \
            the time of a choice.
            """
    )

    @Option(help: "The scripts: a file, or a folder of them.", completion: .file()) var scripts: String
    @Option(help: "The utterances, a JSON object a line.", completion: .file()) var utterances: String
    @OptionGroup var encoder: BenchmarkEncoder
    @Option(help: "Only this half.") var half: String?
    @Flag(help: "Print what is offered for each utterance too.") var show = false
    @Flag(help: "Print what speaks for each script instead, a JSON object an utterance.") var evidence = false

    private struct Utterance {
        let text: String
        let wanted: String?
        let half: String
    }

    private struct Line: Encodable {
        let engine = "frontline"
        let half: String
        let wanted: Int
        let right: Int
        let wrong: Int
        let others: Int
        let othersWithScript: Int
        let p50Microseconds: Double
        let p99Microseconds: Double
    }

    private struct Outcome: Encodable {
        let text: String
        let wanted: String?
        let offered: String?
        let because: String?
    }

    private struct EvidenceLine: Encodable {
        struct Script: Encodable {
            let id: String
            let words: Double
            let similarity: Double?
            let isExample: Bool?
        }

        let text: String
        let wanted: String?
        let half: String
        let scripts: [Script]
    }

    func run() throws {
        let scripts = try ScriptFiles([scripts]).files.compactMap(\.reading.draft).map { draft in
            FindableScript(
                id: draft.id,
                version: 1,
                title: draft.title,
                locale: draft.locale,
                tags: draft.tags,
                examples: draft.examples
            )
        }
        let finder = ScriptFinder(scripts)
        let meaning = try encoder.open().map { ScriptMeaning(encoder: PassageEncoder($0.model, name: $0.name)) }
        _ = meaning?.prepare(scripts)
        let all = try read().filter { half == nil || $0.half == half }
        for (name, utterances) in Dictionary(grouping: all, by: \.half).sorted(by: { $0.key < $1.key }) {
            if evidence {
                for utterance in utterances { try printEvidence(utterance, finder, meaning) }
            } else {
                try JSONLine.print(measure(name, utterances, finder, meaning))
            }
        }
    }

    private func near(_ talk: Talk, _ finder: ScriptFinder, _ meaning: ScriptMeaning?) -> [NearScript] {
        guard let meaning, let encoder = meaning.encoder(for: talk, locale: "en"),
            let said = TalkMeaning(talk.turns, encoder)
        else { return [] }
        return meaning.near(said, among: finder.scripts(for: "en"))
    }

    private func measure(
        _ half: String,
        _ utterances: [Utterance],
        _ finder: ScriptFinder,
        _ meaning: ScriptMeaning?
    ) throws -> Line {
        var times: [UInt64] = []
        var (right, wrong, loud) = (0, 0, 0)
        for utterance in utterances {
            var talk = Talk()
            talk.hear(utterance.text)
            let start = Monotonic.nanoseconds()
            let near = near(talk, finder, meaning)
            let fit = finder.scripts(for: talk, near: near, locale: "en", texts: .builtIn("en")).first
            times.append(Monotonic.nanoseconds() - start)
            if let wanted = utterance.wanted {
                if fit?.script.id == wanted { right += 1 } else if fit != nil { wrong += 1 }
            } else if fit != nil {
                loud += 1
            }
            guard show else { continue }
            try JSONLine.print(
                Outcome(
                    text: utterance.text,
                    wanted: utterance.wanted,
                    offered: fit.map { "\($0.script.id) \($0.score)" },
                    because: fit?.because
                )
            )
        }
        let wanted = utterances.count { $0.wanted != nil }
        let percentiles = Percentiles(nanoseconds: times)
        return Line(
            half: half,
            wanted: wanted,
            right: right,
            wrong: wrong,
            others: utterances.count - wanted,
            othersWithScript: loud,
            p50Microseconds: percentiles.milliseconds(0.5) * 1_000,
            p99Microseconds: percentiles.milliseconds(0.99) * 1_000
        )
    }

    private func printEvidence(_ utterance: Utterance, _ finder: ScriptFinder, _ meaning: ScriptMeaning?) throws {
        var talk = Talk()
        talk.hear(utterance.text)
        let found = finder.evidence(for: talk, near: near(talk, finder, meaning), locale: "en")
        try JSONLine.print(
            EvidenceLine(
                text: utterance.text,
                wanted: utterance.wanted,
                half: utterance.half,
                scripts: found.map {
                    .init(
                        id: $0.script.id,
                        words: $0.words,
                        similarity: $0.near?.similarity,
                        isExample: $0.near?.isExample
                    )
                }
            )
        )
    }

    private func read() throws -> [Utterance] {
        try JSONLine.values(ofFile: utterances).map { row in
            Utterance(
                text: row["text"]?.string ?? "",
                wanted: row["script"]?.string,
                half: row["half"]?.string ?? "all"
            )
        }
    }
}
