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
