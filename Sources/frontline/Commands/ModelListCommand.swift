import ArgumentParser
import Foundation
import ModelSupply

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models, in the order in which `serve --encoder auto` looks for one.",
        discussion: """
            A line is printed for each model: its name, dimensions, weights, size, identity and place. The one that auto \
            chooses is marked with an asterisk. Vectors of models with the same identity can be compared. A folder that \
            was not converted is read to list it, which takes about a second; one beside its converted model is left out.
            """
    )

    @OptionGroup var options: ModelOptions
    @Flag(help: "Print a JSON object a line.") var json = false

    func run() throws {
        let shelf = options.shelf
        var hasAutomatic = false
        var converted: Set<String> = []
        let models = shelf.models()
        for model in models where !converted.contains(model.url.path) {
            let line: ModelLine
            do {
                let encoder = try model.open()
                line = ModelLine(model, encoder, isAutomatic: !hasAutomatic, error: nil)
                hasAutomatic = true
                if model.isConverted { converted.insert(model.url.deletingPathExtension().path) }
            } catch {
                line = ModelLine(model, nil, isAutomatic: false, error: error)
            }
            guard !json else {
                try Console.printJSON(line)
                continue
            }
            Console.print("\(line.isAutomatic == true ? "*" : " ") \(Console.bold(line.name))  \(line.text)")
        }
        if models.isEmpty, !json { Console.print("there are no models in \(shelf.places)") }
    }
}
