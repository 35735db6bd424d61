import ArgumentParser
import Foundation
import ModelSupply

/// The sentence encoder of commands that search a data folder themselves.
struct EncoderOptions: ParsableArguments {
    @Option(
        name: .customLong("encoder"),
        help: "The sentence encoder: auto, the name or path of a model, or off; else FRONTLINE_ENCODER, else auto.",
        completion: .file()
    )
    var given: String?

    /// Opens the encoder, nil if there is none; a model that `auto` passes over is told on standard error.
    func open(for data: DataOptions) throws -> NamedEncoder? {
        let environment = ProcessInfo.processInfo.environment
        let wanted = given ?? environment["FRONTLINE_ENCODER"].flatMap { $0.isEmpty ? nil : $0 } ?? "auto"
        let shelf = ModelShelf(dataFolder: data.folder)
        return try shelf.open(EncoderChoice(wanted)) { skipped in Console.error("warning: \(skipped.error)") }
    }
}

/// The folders of models.
struct ModelOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @Option(
        help: "The folder of models, instead of those of FRONTLINE_MODELS, of the data folder and .build/models.",
        completion: .directory
    )
    var models: String?

    private var named: [String] { ModelShelf.folders(in: ProcessInfo.processInfo.environment) }

    /// Where models are looked for: the given folder only, or all folders in the order of `auto`.
    var shelf: ModelShelf {
        models.map { ModelShelf(folders: [URL(fileURLWithPath: $0)]) }
            ?? ModelShelf(named: named, dataFolder: data.folder)
    }

    /// Where a model is added: the given folder, that of a data folder on the command line, the first one of the
    /// environment, or that of the standard data folder.
    var target: URL {
        if let models { return URL(fileURLWithPath: models) }
        if data.given == nil, let first = named.first { return URL(fileURLWithPath: first) }
        return ModelShelf.folder(inData: data.folder)
    }
}
