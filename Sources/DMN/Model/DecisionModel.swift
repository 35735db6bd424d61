/// One DMN file as it was written: `definitions` with everything in it that has meaning for evaluation.
///
/// Diagrams, extensions, artifacts and business context are read over. Nothing is resolved here; that is the
/// work of ``ModelCompiler``.
///
/// ## Topics
/// - ``DecisionModel/read(_:file:)``
/// - ``CompiledModel``
public struct DecisionModel: Sendable {
    /// The file the model was read from, as given by the caller.
    public var file: String
    /// The name of the model.
    public var name: String
    /// The namespace its elements live in.
    public var namespace: String
    /// The models this one refers to.
    public var imports: [ModelImport] = []
    /// The model's own types.
    public var itemDefinitions: [ItemDefinition] = []
    /// What must be supplied from outside.
    public var inputData: [InputData] = []
    /// The decisions in the order of the file.
    public var decisions: [Decision] = []
    /// The functions in the order of the file.
    public var knowledgeModels: [KnowledgeModel] = []
    /// The decision services in the order of the file.
    public var services: [DecisionService] = []
    /// The ids of knowledge sources; they have no meaning for evaluation.
    public var knowledgeSources: Set<String> = []

    /// Makes an empty model.
    public init(file: String = "", name: String = "", namespace: String = "") {
        self.file = file
        self.name = name
        self.namespace = namespace
    }
}
