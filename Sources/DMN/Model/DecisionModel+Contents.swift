package import FEEL

extension DecisionModel {
    /// Every FEEL text of the decisions and functions of the model, in the order of the file: expressions, cells of
    /// tables, entries of contexts, arguments of calls, bodies of functions.
    package var expressionTexts: [Text] {
        var texts: [Text] = []
        for decision in decisions { decision.expression?.collectTexts(&texts) }
        for model in knowledgeModels { model.function?.body?.collectTexts(&texts) }
        return texts
    }
}

extension CompiledModel {
    /// Every FEEL text of the model and of what it imports.
    package var expressionTexts: [Text] { graph.set.models.flatMap(\.expressionTexts) }

    /// The type that the values of a decision conform to; nil when there is no such decision.
    package func resultType(ofDecision name: String) -> FEELType? {
        guard let place = place(named: name) else { return nil }
        return switch core.units[place] {
        case .decision(let unit): unit.type.type
        case .service(let unit): unit.result.type
        case .input, .knowledge: nil
        }
    }
}

extension BoxedExpression {
    fileprivate func collectTexts(_ texts: inout [Text]) {
        switch kind {
        case .literal(let text): texts.append(text)
        case .table(let table): table.collectTexts(&texts)
        case .context(let entries): for entry in entries { entry.value?.collectTexts(&texts) }
        case .invocation(let called, let bindings):
            called?.collectTexts(&texts)
            for binding in bindings { binding.value?.collectTexts(&texts) }
        case .function(let definition): definition.body?.collectTexts(&texts)
        case .relation(_, let rows): for value in rows.joined() { value.collectTexts(&texts) }
        case .list(let items): for item in items { item.collectTexts(&texts) }
        case .conditional(let condition, let then, let otherwise):
            for part in [condition, then, otherwise] { part.collectTexts(&texts) }
        case .filter(let list, let part), .iteration(_, let list, let part), .some(_, let list, let part),
            .every(_, let list, let part):
            list.collectTexts(&texts)
            part.collectTexts(&texts)
        }
    }
}

extension DecisionTable {
    fileprivate func collectTexts(_ texts: inout [Text]) {
        for input in inputs {
            texts.append(input.expression)
            if let allowed = input.allowedValues { texts.append(allowed) }
        }
        for output in outputs {
            if let allowed = output.allowedValues { texts.append(allowed) }
            if let entry = output.defaultEntry { texts.append(entry) }
        }
        for rule in rules { texts += rule.inputs + rule.outputs }
    }
}

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
