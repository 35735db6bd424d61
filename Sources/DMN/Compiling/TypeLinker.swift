import FEEL

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
