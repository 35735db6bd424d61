import ArgumentParser
import Measures
import Vocabulary

struct MeasuresFactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "List the facts that definitions of measures may read, by the kind of record.",
        discussion: "With --markdown it prints the tables of docs/measures.md."
    )

    @Argument(
        help: "The kind of record: contacts, sessions, resolutions, alerts, searches or work; all of them unless given."
    )
    var population: String?
    @Flag(help: "Print the tables of the documentation.") var markdown = false
    @Flag(help: "Print a JSON object a fact.") var json = false

    private struct Line: Encodable {
        let population: String
        let name: String
        let type: String
        let optional: Bool
        let audience: String
        let meaning: String
    }

    func validate() throws {
        guard let population, RecordKind(rawValue: population) == nil else { return }
        let known = RecordKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("“\(population)” is no kind of record; known are \(known)")
    }

    func run() throws {
        let kinds = population.flatMap { RecordKind(rawValue: $0) }.map { [$0] } ?? RecordKind.allCases
        if markdown { return Console.printText(FactCatalog.markdown(of: kinds)) }
        for kind in kinds {
            if !json {
                let groups = FactCatalog.groups(of: kind).joined(separator: ", ")
                Console.print("\(Console.bold(kind.rawValue))  \(Console.dim("by \(groups)"))")
            }
            for fact in FactCatalog.facts(of: kind) { try print(fact, of: kind) }
        }
    }

    private func print(_ fact: Fact, of kind: RecordKind) throws {
        guard !json else {
            return try Console.printJSON(
                Line(
                    population: kind.rawValue,
                    name: fact.name,
                    type: fact.kind.rawValue,
                    optional: fact.isOptional,
                    audience: fact.audience.rawValue,
                    meaning: fact.meaning
                )
            )
        }
        let type = fact.kind.rawValue + (fact.isOptional ? " or null" : "")
        let audience = fact.audience == .agent ? "" : ", for \(fact.audience.rawValue)s"
        Console.print("  \(fact.name)  \(Console.dim(type + audience))  \(fact.meaning)")
    }
}
