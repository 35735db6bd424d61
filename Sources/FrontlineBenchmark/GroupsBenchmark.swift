import ArgumentParser
import Foundation
import FrontlineService
import Knowledge
import ModelSupply
import Vocabulary

struct GroupsBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "Measure how texts are grouped by words and by meaning, and what that costs.",
        discussion: """
            A text is a line {"text", "group"}. One line is printed for words, and with an encoder one for every bar: of the \
            pairs that are put together, the share that belong together (precision); of those that belong together, the \
            share that are put together (recall); the adjusted Rand index of both divisions; the number of groups; and the \
            time of grouping texts that have their vectors.
            """
    )

    @Option(help: "The texts, a JSON object a line.", completion: .file()) var texts: String
    @OptionGroup var encoder: BenchmarkEncoder
    @Option(name: .customLong("bar"), parsing: .singleValue, help: "A cosine from which texts mean the same.")
    var bars: [Float] = [TextGroups.bar]
    @Flag(help: "Print the largest groups too, with their names.") var show = false

    private struct Line: Encodable {
        let by: String
        let bar: Float?
        let texts: Int
        let groups: Int
        let precision: Double
        let recall: Double
        let adjustedRand: Double
        let milliseconds: Double
    }

    private struct GroupLine: Encodable {
        let name: String
        let texts: Int
        let examples: [String]
    }

    func run() async throws {
        let rows = try JSONLine.values(ofFile: texts).map { row in
            (text: GroupedText(row["text"]?.string ?? "", locale: "en"), label: row["group"]?.string ?? "")
        }
        try await measure(rows, nil, bar: TextGroups.bar)
        guard let named = try encoder.open() else { return }
        let vectors = GroupingVectors(
            PassageEncoder(named.model, name: named.name),
            threads: QuietThreads(count: 1, niceness: 0)
        )
        await vectors.encode(rows.map(\.text.text))
        for bar in bars { try await measure(rows, vectors, bar: bar) }
    }

    private func measure(
        _ rows: [(text: GroupedText, label: String)],
        _ vectors: GroupingVectors?,
        bar: Float
    ) async throws {
        let start = Monotonic.nanoseconds()
        let groups = await TextGroups.groups(of: rows.map(\.text), by: vectors, bar: bar)
        let milliseconds = Double(Monotonic.nanoseconds() - start) / 1e6
        func pairs(_ counts: some Sequence<Int>) -> Double { counts.reduce(0) { $0 + Double($1 * ($1 - 1) / 2) } }
        func sizes(_ labels: [String]) -> [Int] { Dictionary(grouping: labels) { $0 }.map(\.value.count) }
        let put = pairs(groups.map(\.members.count))
        let belong = pairs(sizes(rows.map(\.label)))
        let both = pairs(groups.flatMap { group in sizes(group.members.map { rows[$0].label }) })
        // Hubert and Arabie, 1985.
        let expected = put * belong / max(1, pairs([rows.count]))
        let rand = (both - expected) / max(0.5 * (put + belong) - expected, 1)
        try JSONLine.print(
            Line(
                by: vectors == nil ? "words" : "meaning",
                bar: vectors == nil ? nil : bar,
                texts: rows.count,
                groups: groups.count,
                precision: both / max(1, put),
                recall: both / max(1, belong),
                adjustedRand: rand,
                milliseconds: milliseconds
            )
        )
        guard show else { return }
        for group in groups.sorted(by: { $0.members.count > $1.members.count }).prefix(20) {
            try JSONLine.print(
                GroupLine(name: group.examples[0], texts: group.members.count, examples: group.examples)
            )
        }
    }
}
