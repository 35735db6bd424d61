/// The bytes of a model and the name of the file they came from.
public struct ModelSource: Sendable {
    /// The document.
    public let bytes: [UInt8]
    /// The file's name for messages, and for finding what it imports.
    public let file: String

    /// Makes a source.
    public init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }
}

/// Finds the model that an import means; nil when there is none.
///
/// It gets the import and the file that imports.
public typealias ModelLoader = (_ wanted: ModelImport, _ importer: String) -> ModelSource?
