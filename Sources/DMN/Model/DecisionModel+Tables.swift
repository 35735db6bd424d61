extension CompiledModel {
    /// Every decision table of the model and of what it imports, in the order of the files.
    package var decisionTables: [DecisionTable] { graph.set.models.flatMap(\.decisionTables) }
}

extension DecisionModel {
    /// Every decision table of the decisions and functions of the model, in the order of the file.
    package var decisionTables: [DecisionTable] {
        var tables: [DecisionTable] = []
        for decision in decisions { decision.expression?.collectTables(&tables) }
        for model in knowledgeModels { model.function?.body?.collectTables(&tables) }
        return tables
    }
}

extension BoxedExpression {
    fileprivate func collectTables(_ tables: inout [DecisionTable]) {
        switch kind {
        case .literal: break
        case .table(let table): tables.append(table)
        case .context(let entries): for entry in entries { entry.value?.collectTables(&tables) }
        case .invocation(let called, let bindings):
            called?.collectTables(&tables)
            for binding in bindings { binding.value?.collectTables(&tables) }
        case .function(let definition): definition.body?.collectTables(&tables)
        case .relation(_, let rows): for value in rows.joined() { value.collectTables(&tables) }
        case .list(let items): for item in items { item.collectTables(&tables) }
        case .conditional(let condition, let then, let otherwise):
            for part in [condition, then, otherwise] { part.collectTables(&tables) }
        case .filter(let list, let part), .iteration(_, let list, let part), .some(_, let list, let part),
            .every(_, let list, let part):
            list.collectTables(&tables)
            part.collectTables(&tables)
        }
    }
}
