package import Foundation
import SentenceEncoder

/// The models on this machine: in which folders they are looked for, and which of them is meant.
///
/// A folder of models contains converted models (`NAME.encoder`) and folders in the layout of sentence-transformers; other
/// files in it are ignored. The order is that of the folders, then by name, a converted model before a folder of the same
/// name. It does not depend on the file system.
package struct ModelShelf: Sendable {
    /// A model that `auto` has passed over.
    package struct Skipped: Sendable {
        package let model: StoredModel
        package let error: ModelError
    }

    /// The folders, the first to look in first; they need not exist.
    package let folders: [URL]

    package init(folders: [URL]) { self.folders = folders }

    /// The folders of the product: those given, then `models` of the data folder, then `.build/models` of the working
    /// folder, where `make dependencies` puts the model.
    package init(named: [String], dataFolder: String) {
        self.init(
            folders: named.map { URL(fileURLWithPath: $0) } + [
                Self.folder(inData: dataFolder), URL(fileURLWithPath: ".build/models"),
            ]
        )
    }

    /// The folders of the product, with those that `FRONTLINE_MODELS` of this process names.
    package init(dataFolder: String) {
        self.init(named: Self.folders(in: ProcessInfo.processInfo.environment), dataFolder: dataFolder)
    }

    /// The folder of models in a data folder.
    package static func folder(inData path: String) -> URL {
        URL(fileURLWithPath: path).appendingPathComponent("models")
    }

    /// The folders that the environment variable `FRONTLINE_MODELS` lists, separated by colons.
    package static func folders(in environment: [String: String]) -> [String] {
        (environment["FRONTLINE_MODELS"] ?? "").split(separator: ":").map(String.init)
    }

    /// All models, in the order in which `auto` tries them.
    ///
    /// None of them is opened.
    package func models() -> [StoredModel] { folders.flatMap(Self.models(in:)) }

    private static func models(in folder: URL) -> [StoredModel] {
        let files = FileManager.default
        // A folder that does not exist has no models, and neither has one that cannot be read.
        let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
        let models = names.compactMap { name -> StoredModel? in
            guard !name.hasPrefix(".") else { return nil }
            let url = folder.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: url.path, isDirectory: &isFolder) else { return nil }
            guard isFolder.boolValue else {
                return url.pathExtension == StoredModel.fileExtension ? StoredModel(url, isConverted: true) : nil
            }
            let isModel = [ModelFiles.configuration, ModelFiles.weights].allSatisfy {
                files.fileExists(atPath: url.appendingPathComponent($0).path)
            }
            return isModel ? StoredModel(url, isConverted: false) : nil
        }
        return models.sorted { left, right in
            left.name != right.name ? left.name < right.name : left.isConverted && !right.isConverted
        }
    }

    /// The model of a name or at a path, without opening it.
    ///
    /// - Throws: ``ModelError`` `missing`, whose message says where it was looked for.
    package func model(named name: String) throws(ModelError) -> StoredModel {
        if let model = models().first(where: { $0.name == name }) { return model }
        throw ModelError(
            .missing,
            "there is no model \(name) in \(places); `frontline model add` adds one, and a path contains a slash"
        )
    }

    /// The folders, for people.
    package var places: String { folders.map(\.path).joined(separator: ", ") }

    /// Opens the encoder that is meant; nil for `off`, and for `auto` if there is no usable model.
    ///
    /// - Parameters:
    ///   - choice: which one.
    ///   - skipping: called for every model that `auto` finds and cannot open.
    /// - Returns: the encoder.
    /// - Throws: ``ModelError`` `missing` or `broken` for a name or a path.
    package func open(
        _ choice: EncoderChoice,
        skipping: (Skipped) -> Void = { _ in }
    ) throws(ModelError) -> NamedEncoder? {
        switch choice {
        case .off: return nil
        case .name(let name): return try model(named: name).open()
        case .path(let path): return try StoredModel(at: path).open()
        case .automatic:
            for model in models() {
                do throws(ModelError) {
                    return try model.open()
                } catch {
                    skipping(Skipped(model: model, error: error))
                }
            }
            return nil
        }
    }

    /// Opens the encoder that somebody asks for; nil for `off` only.
    ///
    /// - Parameters:
    ///   - choice: which one.
    ///   - skipping: called for every model that `auto` finds and cannot open.
    /// - Returns: the encoder.
    /// - Throws: ``ModelError`` `missing` or `broken`, for `auto` too.
    package func openWanted(
        _ choice: EncoderChoice,
        skipping: (Skipped) -> Void = { _ in }
    ) throws(ModelError) -> NamedEncoder? {
        let encoder = try open(choice, skipping: skipping)
        guard encoder != nil || choice == .off else { throw ModelError(.missing, "there is no model in \(places)") }
        return encoder
    }
}
