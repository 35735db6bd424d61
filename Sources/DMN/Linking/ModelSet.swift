/// A model with everything it imports, directly or not.
struct ModelSet {
    /// How many models may belong together.
    static let greatestCount = 128

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
        guard models.count < Self.greatestCount else {
            let message = "more than \(Self.greatestCount) models belong together"
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
