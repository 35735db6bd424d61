import FEEL

/// The types that the texts of one model can name: the built-in ones, its item definitions and imported ones.
struct TypeTable {
    /// What was found on the way.
    private(set) var findings: [Finding] = []
    private let model: DecisionModel
    private let definitions: [String: ItemDefinition]
    private let imported: [String: DataType]
    private var resolved: [String: DataType] = [:]
    private var resolving: [String] = []
    /// A scope without names in which texts can name the types.
    private(set) var scope = Scope()

    /// Resolves all item definitions of a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - imported: Types of imported models by qualified name, both as `import.name` and as `{namespace}name`.
    init(model: DecisionModel, imported: [String: DataType]) {
        self.model = model
        self.imported = imported
        var definitions: [String: ItemDefinition] = [:]
        for definition in model.itemDefinitions {
            if definitions.updateValue(definition, forKey: definition.name) != nil {
                let message = "the type '\(definition.name)' is defined more than once"
                findings.append(Finding(.warning, .duplicate, message, at: definition.location))
            }
        }
        self.definitions = definitions
        for definition in model.itemDefinitions {
            _ = type(named: definition.name, at: definition.location)
        }
        scope = makeScope()
    }

    /// The model's own types by name.
    var own: [String: DataType] { resolved }

    /// The names and types that texts may use beside the built-in ones.
    var named: [(name: String, type: FEELType)] {
        let outer = imported.filter { !$0.key.hasPrefix("{") }
        return outer.merging(resolved) { _, own in own }.map { (name: $0.key, type: $0.value.type) }
            .sorted { $0.name < $1.name }
    }

    /// The type a `typeRef` names; `Any` where there is none or it is unknown, the latter noted.
    mutating func type(named name: String?, at location: Location) -> DataType {
        guard let name, !name.isEmpty else {
            return .any
        }
        if let known = resolved[name] ?? imported[name] {
            return known
        }
        if let definition = definitions[name] {
            return resolve(definition)
        }
        if let type = FEELType(builtinName: name) ?? (try? FEELType(name, in: makeScope())) {
            return DataType(type: type, name: name)
        }
        findings.append(Finding(.error, .unknownType, "unknown type '\(name)'", at: location))
        return .any
    }

    private func makeScope() -> Scope {
        var scope = Scope()
        for (name, type) in named {
            scope.declareType(name, type)
        }
        return scope
    }

    private mutating func resolve(_ definition: ItemDefinition) -> DataType {
        let name = definition.name
        guard !resolving.contains(name), resolving.count < ModelReader.maximumDepth else {
            let message = "the type '\(name)' refers to itself; there it is taken as Any"
            findings.append(Finding(.warning, .cycle, message, at: definition.location))
            return .any
        }
        resolving.append(name)
        defer { resolving.removeLast() }
        let type = makeType(definition)
        resolved[name] = type
        return type
    }

    private mutating func makeType(_ definition: ItemDefinition) -> DataType {
        let content = makeContent(definition)
        var tests: [UnaryTests] = []
        append(definition.allowedValues, to: &tests, of: content.type)
        let item = combine(content, tests)
        guard definition.isCollection else {
            tests = []
            append(definition.typeConstraint, to: &tests, of: content.type)
            let whole = DataType(type: content.type, constraint: item, name: definition.name)
            return DataType(
                type: content.type,
                constraint: combine(whole, tests),
                name: definition.name,
                signature: content.signature
            )
        }
        tests = []
        append(definition.typeConstraint, to: &tests, of: .list(content.type))
        let constraint = TypeConstraint.making(tests: tests, items: item)
        return DataType(type: .list(content.type), constraint: constraint, name: definition.name)
    }

    /// The constraint of a type with more tests on the value itself.
    private func combine(_ type: DataType, _ tests: [UnaryTests]) -> TypeConstraint? {
        guard !tests.isEmpty else {
            return type.constraint
        }
        let inner = type.constraint
        return TypeConstraint.making(
            tests: (inner?.tests ?? []) + tests,
            entries: inner?.entries ?? [],
            items: inner?.items
        )
    }

    private mutating func makeContent(_ definition: ItemDefinition) -> DataType {
        switch definition.content {
        case .reference(let name):
            return type(named: name, at: definition.location)
        case .components(let components):
            return makeContext(components)
        case .function(let parameters, let output):
            let signature = FunctionSignature(
                parameters: parameters.map { type(named: $0.typeRef, at: $0.location) },
                result: type(named: output, at: definition.location)
            )
            return DataType(
                type: .function(signature.parameters.map(\.type), signature.result.type),
                name: definition.name,
                signature: signature
            )
        }
    }

    private mutating func makeContext(_ components: [ItemDefinition]) -> DataType {
        var entries: [FEELType.Entry] = []
        var constraints: [(name: String, constraint: TypeConstraint)] = []
        for component in components {
            let type = makeType(component)
            entries.append(FEELType.Entry(name: component.name, type: type.type))
            if let constraint = type.constraint {
                constraints.append((component.name, constraint))
            }
        }
        return DataType(type: .context(entries), constraint: .making(entries: constraints))
    }

    private mutating func append(_ text: Text?, to tests: inout [UnaryTests], of type: FEELType) {
        guard let text, !text.source.allSatisfy(\.isWhitespace) else {
            return
        }
        do {
            tests.append(try UnaryTests(text.source, in: Scope(), inputType: type))
        } catch {
            findings.append(error.finding(in: text))
        }
    }
}

/// The types of all models of a set, each seeing those of the models it imports.
struct TypeLinker {
    /// One table for each model.
    private(set) var tables: [TypeTable] = []

    init(_ set: ModelSet) {
        var resolved: [Int: TypeTable] = [:]
        let order = RequirementOrder(
            goals: Array(set.models.indices),
            requires: { model in set.models[model].imports.compactMap { set.index(of: $0.namespace) } },
            isBoundary: { _ in false }
        )
        for model in order.order {
            var imported: [String: DataType] = [:]
            for wanted in set.models[model].imports {
                guard let other = set.index(of: wanted.namespace), let table = resolved[other] else {
                    continue
                }
                for (name, type) in table.own {
                    imported[wanted.name.isEmpty ? name : "\(wanted.name).\(name)"] = type
                    imported["{\(wanted.namespace)}\(name)"] = type
                }
            }
            resolved[model] = TypeTable(model: set.models[model], imported: imported)
        }
        tables = set.models.indices.map { resolved[$0] ?? TypeTable(model: set.models[$0], imported: [:]) }
    }
}
