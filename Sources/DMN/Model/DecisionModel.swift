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

/// A reference to another model, whose elements are seen under `name`.
public struct ModelImport: Sendable {
    /// The name the imported elements are qualified with; empty for an import into the default namespace (DMN 1.5).
    public var name: String
    /// The namespace of the model meant.
    public var namespace: String
    /// Where the file may be found, if the model says so.
    public var locationURI: String?
    /// The kind of the imported document: a DMN namespace for decision models.
    public var importType: String
    /// Where the import stands.
    public var location: Location

    /// Whether another decision model is meant, rather than a schema or a predictive model.
    public var isDecisionModel: Bool {
        DecisionModel.isNamespace(importType) || importType.isEmpty
    }
}

/// A type that a model defines: a base type with constraints, a structure, a collection or a function.
public struct ItemDefinition: Sendable {
    /// What the type is made of.
    public enum Content: Sendable {
        /// Another type, by name.
        case reference(String)
        /// A context with these entries.
        case components([ItemDefinition])
        /// A function with these parameters and the type of its result.
        case function(parameters: [InformationItem], output: String?)
    }

    /// The name of the type or of the entry.
    public var name: String
    /// What it is made of.
    public var content: Content
    /// Whether it is a list of its content.
    public var isCollection: Bool
    /// Unary tests that values (of a collection: its items) must satisfy.
    public var allowedValues: Text?
    /// Unary tests that the whole value must satisfy (DMN 1.5).
    public var typeConstraint: Text?
    /// Where it stands.
    public var location: Location
}

/// A value that must be supplied from outside.
public struct InputData: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the value.
    public var variable: InformationItem
    /// Where it stands.
    public var location: Location
}

/// A decision: a variable, what it requires and the logic that gives its value.
public struct Decision: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the value.
    public var variable: InformationItem
    /// References to the decisions and input data whose values the logic sees.
    public var informationRequirements: [Reference]
    /// References to the functions and services the logic may invoke.
    public var knowledgeRequirements: [Reference]
    /// The logic; nil for a decision that somebody else makes.
    public var expression: BoxedExpression?
    /// Where it stands.
    public var location: Location
}

/// A business knowledge model: a named function that decisions may invoke.
public struct KnowledgeModel: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the function; its type may be a function type.
    public var variable: InformationItem
    /// References to the functions and services the logic may invoke.
    public var knowledgeRequirements: [Reference]
    /// The function.
    public var function: FunctionDefinition?
    /// Where it stands.
    public var location: Location
}

/// A decision service: some decisions of a model offered as one function.
public struct DecisionService: Sendable {
    /// The element's id.
    public var id: String
    /// The element's name.
    public var name: String
    /// The variable that holds the function; its type may be a function type.
    public var variable: InformationItem
    /// The decisions whose values are the result.
    public var outputDecisions: [Reference]
    /// The decisions evaluated inside.
    public var encapsulatedDecisions: [Reference]
    /// The decisions whose values are supplied as arguments.
    public var inputDecisions: [Reference]
    /// The input data supplied as arguments.
    public var inputData: [Reference]
    /// Where it stands.
    public var location: Location
}
