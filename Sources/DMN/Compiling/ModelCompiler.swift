import FEEL

/// Compiles a model with its imports.
struct ModelCompiler {
    private(set) var findings: [Finding] = []
    private let set: ModelSet
    private let checksEverything: Bool
    private var graph: ElementGraph
    private var types: [TypeTable] = []
    private var units: [ModelCore.Unit?] = []
    private var tables: [CompiledTable] = []

    /// The compiled elements and the graph they came from.
    struct Product {
        let core: ModelCore
        let graph: ElementGraph
        let units: [ModelCore.Unit?]
        let tables: [CompiledTable]
        let findings: [Finding]
    }

    /// Compiles a model; never fails as a whole: what cannot be compiled evaluates to null and is among the findings.
    static func compile(
        _ model: DecisionModel,
        loader: ModelLoader,
        checksEverything: Bool = false
    ) -> Product {
        var compiler = ModelCompiler(model, loader, checksEverything)
        compiler.compileUnits()
        compiler.collectTypeFindings()
        let units = compiler.units.map { $0 ?? .input(UnitLabel(name: "", id: ""), .any) }
        return Product(
            core: ModelCore(units: units),
            graph: compiler.graph,
            units: compiler.units,
            tables: compiler.tables,
            findings: compiler.findings
        )
    }

    private init(_ model: DecisionModel, _ loader: ModelLoader, _ checksEverything: Bool) {
        self.checksEverything = checksEverything
        set = ModelSet(model, loader: loader)
        graph = ElementGraph(set)
        findings = set.findings + graph.findings
        types = TypeLinker(set).tables
        let order = RequirementOrder(
            goals: Array(graph.elements.indices),
            requires: { [graph] in graph.information[$0] },
            isBoundary: { _ in false }
        )
        if let cycle = order.cycle {
            let message = "decisions require each other: " + ElementGraph.path(of: cycle, in: graph)
            findings.append(Finding(.error, .cycle, message, at: graph.elements[cycle[0]].location))
        }
        findDuplicateNames()
    }

    /// Takes over what the type tables found, each finding once.
    private mutating func collectTypeFindings() {
        var seen = Set(findings)
        for finding in types.flatMap(\.findings) where seen.insert(finding).inserted {
            findings.append(finding)
        }
    }

    private mutating func findDuplicateNames() {
        var seen: [String: Element] = [:]
        for element in graph.elements where element.model == 0 {
            if seen.updateValue(element, forKey: element.name) != nil, !element.name.isEmpty {
                let message = "several elements have the name '\(element.name)'"
                findings.append(Finding(.warning, .duplicate, message, at: element.location))
            }
        }
    }

    private mutating func compileUnits() {
        units = Array(repeating: nil, count: graph.elements.count)
        for place in graph.elements.indices {
            units[place] = compileUnit(place)
        }
        for place in graph.elements.indices {
            if case .service(let index) = graph.elements[place].kind {
                units[place] = .service(compileService(place, index))
            }
        }
    }

    private mutating func compileUnit(_ place: Int) -> ModelCore.Unit? {
        let element = graph.elements[place]
        let model = set.models[element.model]
        switch element.kind {
        case .input(let index):
            return .input(
                UnitLabel(name: model.inputData[index].name, id: model.inputData[index].id),
                type(of: element)
            )
        case .decision(let index):
            return .decision(compileDecision(model.decisions[index], place))
        case .knowledge(let index):
            return compileKnowledge(model.knowledgeModels[index], place)
        case .service:
            return nil
        }
    }

    /// The type an element's variable is declared with.
    private mutating func type(of element: Element) -> DataType {
        types[element.model].type(named: element.variable.typeRef, at: element.variable.location)
    }

    // MARK: Decisions

    private mutating func compileDecision(_ decision: Decision, _ place: Int) -> ModelCore.DecisionUnit {
        let element = graph.elements[place]
        let declared = type(of: element)
        var compiler = LogicCompiler(types: types[element.model], checksEverything: checksEverything)
        var scope = compiler.types.scope
        scope.isPlain = checksEverything
        let bindings = declareRequirements(of: place, in: &scope)
        let compiled = compiler.compile(decision.expression, in: scope, expected: declared)
        if decision.expression != nil {
            compiler.check(compiled, against: declared, at: decision.variable.location)
        }
        findings += compiler.findings
        tables += compiler.tables
        return ModelCore.DecisionUnit(
            label: UnitLabel(name: qualifiedName(of: place), id: decision.id),
            logic: decision.expression == nil
                ? .failure(.invocation, "decision '\(decision.name)' has no logic") : compiled.logic,
            bindings: bindings,
            type: declared,
            slotCount: max(compiler.slotCount, scope.slotCount),
            isAssured: decision.expression != nil && !checksEverything && compiled.assurance.covers(declared)
        )
    }

    private func qualifiedName(of place: Int) -> String {
        let element = graph.elements[place]
        guard let qualifier = graph.qualifier(of: element.model, seenFrom: 0) else {
            return element.name
        }
        return "\(qualifier).\(element.name)"
    }

    /// Declares what an element requires, those of a named import as one context, in the order of their bindings.
    private mutating func declareRequirements(of place: Int, in scope: inout Scope) -> [ModelCore.Binding] {
        var bindings: [ModelCore.Binding] = []
        var imports: [(name: String, places: [Int])] = []
        for other in graph.information[place] + graph.knowledge[place] {
            guard
                let qualifier = graph.qualifier(of: graph.elements[other].model, seenFrom: graph.elements[place].model)
            else {
                scope.declare(graph.elements[other].variable.name, type: visibleType(of: other))
                bindings.append(binding(to: other))
                continue
            }
            if let index = imports.firstIndex(where: { $0.name == qualifier }) {
                imports[index].places.append(other)
            } else {
                imports.append((qualifier, [other]))
            }
        }
        for (name, places) in imports {
            let places = places.filter { place in
                places.first { graph.elements[$0].variable.name == graph.elements[place].variable.name } == place
            }
            let entries = places.map {
                FEELType.Entry(name: graph.elements[$0].variable.name, type: visibleType(of: $0))
            }
            scope.declare(name, type: .context(entries))
            bindings.append(.imported(ContextShape(entries.map(\.name)), places.map { binding(to: $0) }))
        }
        return bindings
    }

    private func binding(to place: Int) -> ModelCore.Binding {
        graph.elements[place].isInvocable ? .function(place) : .value(place)
    }

    /// The type of an element as others see it.
    private mutating func visibleType(of place: Int) -> FEELType {
        let element = graph.elements[place]
        let declared = type(of: element).type
        guard element.isInvocable else {
            return declared
        }
        if case .function = declared {
            return declared
        }
        return .any
    }

    // MARK: Functions

    private mutating func compileKnowledge(_ knowledge: KnowledgeModel, _ place: Int) -> ModelCore.Unit {
        let element = graph.elements[place]
        var compiler = LogicCompiler(types: types[element.model], checksEverything: checksEverything)
        var scope = compiler.types.scope
        scope.isPlain = checksEverything
        let bindings = declareRequirements(of: place, in: &scope)
        let name = qualifiedName(of: place)
        let declared = type(of: element)
        var function: CompiledFunction
        if let definition = knowledge.function {
            function = compiler.compile(
                definition,
                named: name,
                in: scope,
                signature: declared.signature,
                result: Self.resultType(of: declared)
            )
        } else {
            function = CompiledFunction(failing: .invocation, "'\(name)' has no logic", name: name, scope)
        }
        findings += compiler.findings
        tables += compiler.tables
        if knowledge.function != nil, let mismatch = mismatch(of: function.type, with: declared, element) {
            let names = function.parameters.map(\.name)
            function = CompiledFunction(failing: .type, mismatch, name: name, parameters: names, scope)
        }
        return .knowledge(ModelCore.KnowledgeUnit(function: function, bindings: bindings))
    }

    /// The type of an invocable's results: that of its function type, or the type itself as older models have it.
    private static func resultType(of declared: DataType) -> DataType { declared.signature?.result ?? declared }

    /// Why an invocable is not the function that its variable is declared to be, noted as a finding; nil when it is.
    private mutating func mismatch(of type: FEELType, with declared: DataType, _ element: Element) -> String? {
        guard declared.signature != nil, !type.mayConform(to: declared.type) else { return nil }
        let message = "'\(element.name)' is \(type), which does not conform to \(declared.name)"
        findings.append(Finding(.error, .type, message, at: element.variable.location))
        return message
    }

    private mutating func compileService(_ place: Int, _ index: Int) -> ModelCore.ServiceUnit {
        let element = graph.elements[place]
        let service = set.models[element.model].services[index]
        let known = graph.findings.count
        let outputs = resolveDecisions(service.outputDecisions, element)
        let inputs = graph.resolve(service.inputData, in: element.model, wanted: "input data") { $0.isInput }
        let decisions = resolveDecisions(service.inputDecisions, element)
        findings += graph.findings.dropFirst(known)
        let parameters = (inputs + decisions).map { place in
            (name: parameterName(place, seenFrom: element.model), type: type(of: graph.elements[place]))
        }
        if outputs.isEmpty {
            findings.append(Finding(.error, .missing, "the service has no output decision", at: element.location))
        }
        let declared = type(of: element)
        let plan = PlanMaker(graph: graph, units: units).plan(for: outputs, given: inputs + decisions)
        let result = Self.resultType(of: declared)
        return ModelCore.ServiceUnit(
            label: UnitLabel(name: qualifiedName(of: place), id: service.id),
            parameters: parameters,
            result: result,
            plan: plan,
            mismatch: mismatch(of: .function(parameters.map(\.type.type), result.type), with: declared, element)
        )
    }

    private mutating func resolveDecisions(_ references: [Reference], _ element: Element) -> [Int] {
        graph.resolve(references, in: element.model, wanted: "a decision") { $0.isDecision }
    }

    private func parameterName(_ place: Int, seenFrom model: Int) -> String {
        let element = graph.elements[place]
        guard let qualifier = graph.qualifier(of: element.model, seenFrom: model) else {
            return element.variable.name
        }
        return "\(qualifier).\(element.variable.name)"
    }
}
