public import FEEL
import Synchronization

/// A decision model with everything it imports, compiled once and evaluated any number of times by several threads.
///
/// Compiling never fails as a whole: what is wrong is among ``findings``, and evaluates to null with the reason, as
/// the language demands of errors. Whoever must not evaluate a model with errors asks ``isValid`` first.
///
/// ```swift
/// let model = try CompiledModel(bytes, file: "limits.dmn")
/// let limit = try model.decision(named: "limit")
/// let outcome = limit.evaluate(["role": "agent", "amount": 25])
/// print(outcome.value, outcome.explanation.matchedRules, outcome.explanation.reasons)
/// ```
///
/// ## Topics
/// - ``DecisionModel``
/// - ``CompiledDecision``
/// - ``Outcome``
/// - ``Finding``
public final class CompiledModel: Sendable {
    /// The name of the model.
    public let name: String
    /// The namespace of the model.
    public let namespace: String
    /// What is wrong or doubtful, in the order of the file, imports first.
    public let findings: [Finding]
    /// The model as it was read.
    public let source: DecisionModel

    /// All decision tables of the model and its imports.
    let tables: [CompiledTable]
    let core: ModelCore
    let graph: ElementGraph
    private let maker: PlanMaker
    private let made = Mutex<[String: CompiledDecision]>([:])

    /// How many decisions are kept ready.
    private static let maximumKept = 1_024

    /// Compiles a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - findings: What was found when it was read; kept with what is found now.
    ///   - loader: Finds imported models; by default there are none.
    public convenience init(
        _ model: DecisionModel,
        findings: [Finding] = [],
        loader: ModelLoader = { _, _ in nil }
    ) {
        self.init(model, findings: findings, loader: loader, checksEverything: false)
    }

    /// Compiles a model; with `checksEverything` values are also checked where nothing can fail and texts are compiled
    /// without shortcuts, with the same answers.
    package init(
        _ model: DecisionModel,
        findings: [Finding] = [],
        loader: ModelLoader = { _, _ in nil },
        checksEverything: Bool
    ) {
        let product = ModelCompiler.compile(model, loader: loader, checksEverything: checksEverything)
        name = model.name
        namespace = model.namespace
        source = model
        self.findings = findings + product.findings
        core = product.core
        tables = product.tables
        graph = product.graph
        maker = PlanMaker(graph: product.graph, units: product.units)
    }

    /// Reads and compiles a model.
    ///
    /// - Parameters:
    ///   - source: The document.
    ///   - file: The file's name for messages and for finding imports.
    ///   - loader: Finds imported models; by default there are none.
    /// - Throws: ``DMNError/Code/invalidModel`` when the document is not a decision model at all.
    public convenience init(
        _ source: [UInt8],
        file: String = "",
        loader: ModelLoader = { _, _ in nil }
    ) throws(DMNError) {
        let (model, findings) = try DecisionModel.read(source, file: file)
        self.init(model, findings: findings, loader: loader)
    }

    /// Whether no finding is an error.
    public var isValid: Bool { !findings.contains { $0.severity == .error } }

    /// The names of the model's decisions in the order of the file.
    public var decisionNames: [String] { source.decisions.map(\.name) }

    /// The names of the model's decision services in the order of the file.
    public var serviceNames: [String] { source.services.map(\.name) }

    /// A decision or decision service, ready for evaluation.
    ///
    /// - Parameter name: The name; that of an imported decision stands after the import's name and a dot.
    /// - Returns: The decision; made once for each name.
    /// - Throws: ``DMNError/Code/unknownDecision``.
    public func decision(named name: String) throws(DMNError) -> CompiledDecision {
        if let known = made.withLock({ $0[name] }) {
            return known
        }
        guard let place = place(named: name) else {
            throw DMNError(.unknownDecision, "the model '\(self.name)' has no decision or service '\(name)'")
        }
        let decision = makeDecision(place, given: [])
        made.withLock { made in
            if made.count < Self.maximumKept {
                made[name] = decision
            }
        }
        return decision
    }

    /// Evaluates a decision or decision service.
    ///
    /// - Parameters:
    ///   - name: The name of the decision.
    ///   - inputs: The values of input data by name; missing ones are null.
    ///   - settings: The clock and the bounds.
    /// - Returns: The value and its explanation.
    /// - Throws: ``DMNError/Code/unknownDecision``.
    public func evaluate(
        decision name: String,
        inputs: [String: Value],
        settings: EvaluationSettings = EvaluationSettings()
    ) throws(DMNError) -> Outcome {
        try decision(named: name).evaluate(inputs, settings: settings)
    }

    // MARK: Making

    /// The place of a decision, or else of a service, by name.
    func place(named name: String) -> Int? {
        let wanted = ModelReader.normalized(name)
        let places = graph.elements.indices.filter { qualifiedName(of: $0) == wanted }
        return places.first { graph.elements[$0].isDecision } ?? places.first { graph.elements[$0].isService }
    }

    /// The name of an element, after the import's name and a dot where it is not of this model.
    func qualifiedName(of place: Int) -> String {
        let element = graph.elements[place]
        guard let qualifier = graph.qualifier(of: element.model, seenFrom: 0) else {
            return element.name
        }
        return "\(qualifier).\(element.name)"
    }

    /// A decision or service with some elements given from outside.
    func makeDecision(_ place: Int, given: [Int]) -> CompiledDecision {
        var plan: Plan
        var result = DataType.any
        if case .service(let unit) = core.units[place] {
            plan = unit.plan
            result = unit.result
        } else {
            plan = maker.plan(for: [place], given: given)
        }
        return CompiledDecision(
            name: qualifiedName(of: place),
            plan: plan,
            result: result,
            core: core,
            inputs: plan.inputs.map { describe($0) }
        )
    }

    private func describe(_ place: Int) -> CompiledDecision.Input {
        let element = graph.elements[place]
        var type = DataType.any
        switch core.units[place] {
        case .input(_, let declared): type = declared
        case .decision(let unit): type = unit.type
        case .knowledge, .service: break
        }
        return CompiledDecision.Input(
            name: element.variable.name,
            qualifier: graph.qualifier(of: element.model, seenFrom: 0),
            namespace: graph.set.models[element.model].namespace,
            dataType: type
        )
    }
}
