/// A model with everything it imports, directly or not.
struct ModelSet {
    /// How many models may belong together.
    static let maximumCount = 128

    /// The models; the first is the one asked for.
    private(set) var models: [DecisionModel]
    /// What was found on the way.
    private(set) var findings: [Finding] = []
    private var indices: [String: Int] = [:]

    /// Loads the imports of a model.
    init(_ root: DecisionModel, loader: ModelLoader) {
        models = [root]
        indices[root.namespace] = 0
        var next = 0
        while next < models.count {
            let importer = models[next]
            for wanted in importer.imports where wanted.isDecisionModel && indices[wanted.namespace] == nil {
                load(wanted, importer: importer.file, loader: loader)
            }
            next += 1
        }
    }

    /// The model of a namespace.
    func index(of namespace: String) -> Int? {
        indices[namespace]
    }

    private mutating func load(_ wanted: ModelImport, importer: String, loader: ModelLoader) {
        guard models.count < Self.maximumCount else {
            let message = "more than \(Self.maximumCount) models belong together"
            findings.append(Finding(.error, .limit, message, at: wanted.location))
            return
        }
        guard let source = loader(wanted, importer) else {
            let message = "the imported model '\(wanted.name)' with namespace '\(wanted.namespace)' is not found"
            findings.append(Finding(.error, .unknownReference, message, at: wanted.location))
            return
        }
        do {
            let (model, problems) = try DecisionModel.read(source.bytes, file: source.file)
            findings += problems
            indices[wanted.namespace] = models.count
            models.append(model)
        } catch {
            findings += error.findings
        }
    }
}

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
