package import FEEL

/// Evaluates one decision again and again on packed values: without counting references or allocating.
///
/// Gives the value that ``DecisionSession`` gives where that records no error, or bails out. It stands beside a
/// ``DecisionSession``, which answers whatever this one does not. Not `Sendable`: every thread makes its own.
package final class PackedSession {
    /// Where values are made; see ``begin()``.
    package let memory: PackedMemory
    private let inputs: [(slot: Int, type: PackedType?)]
    private let program: PackedNode
    /// The work of everything but loops.
    private let weight: Int
    /// The tables by their numbers.
    private let tables: [CompiledTable]

    /// Makes a session.
    ///
    /// - Parameters:
    ///   - decision: The decision.
    ///   - limits: The bounds; an evaluation that might need more steps bails out.
    ///   - texts: Texts that inputs and answers are compared with.
    /// - Throws: ``FEEL/PackedRefusal`` when the decision has logic that has no packed form.
    package init(
        _ decision: CompiledDecision,
        limits: Limits,
        texts: [String] = []
    ) throws(PackedRefusal) {
        let plan = decision.plan
        guard plan.failure == nil, plan.shape == nil, let output = plan.outputs.first, decision.result.isAny else {
            throw PackedRefusal("a decision of this form")
        }
        guard PackedMemory.isWithin(limits) else { throw PackedRefusal("bounds below those of a memory") }
        let memory = PackedMemory()
        for text in texts { _ = memory.symbol(text) }
        let logic = PackedLogicCompiler(memory)
        let compiler = PackedCompiler(memory, host: logic)
        let values = try compiler.frame(plan.valueCount)
        var inputs: [(slot: Int, type: PackedType?)] = []
        for (place, input) in decision.inputs.enumerated() {
            inputs.append((values.slot(place), input.dataType.isAny ? nil : try logic.type(input.dataType)))
        }
        self.inputs = inputs
        var (slots, nodes): ([Int], [PackedNode]) = ([], [])
        for (index, step) in plan.steps.enumerated() {
            nodes.append(try Self.node(step, decision.functions[index], values, logic, compiler))
            slots.append(values.slot(plan.inputs.count + index))
        }
        let result = try compiler.variable(output.place, in: values)
        program = PackedSequence(slots: slots, entries: nodes, result: result)
        logic.finish()
        tables = logic.sources
        memory.keep()
        weight = 1 + compiler.weight >> 3
        memory.maximumSteps = limits.steps
        self.memory = memory
    }

    private static func node(
        _ step: Plan.Step,
        _ functions: [Value],
        _ values: PackedFrame,
        _ logic: PackedLogicCompiler,
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        let unit = step.unit
        var frame = try compiler.frame(unit.slotCount)
        for (slot, binding) in step.bindings.enumerated() {
            switch binding {
            case .value(let place): frame.aliases[slot] = values.slot(place)
            case .function:
                guard case .function(let function) = functions[slot] else { throw PackedRefusal("no function") }
                frame.functions[slot] = function
            case .imported: throw PackedRefusal("what an import offers")
            }
        }
        compiler.charge(16)
        let node = try logic.compile(unit.logic, frame, compiler)
        return unit.isAssured || unit.type.isAny ? node : PackedTyped.checking(node, try logic.type(unit.type))
    }

    /// Forgets the values of the last evaluation; values that are made from here on are those of the next.
    package func begin() { memory.begin() }

    /// The value of the decision for inputs in the order of ``CompiledDecision/inputs``, made since ``begin()``.
    ///
    /// - Throws: ``FEEL/PackedBailout`` when another way must tell.
    package func evaluate(_ input: (Int) -> PackedValue) throws(PackedBailout) -> PackedValue {
        try memory.charge(weight)
        for index in inputs.indices {
            let value = input(index)
            if let type = inputs[index].type, !type.accepts(value, memory) { throw PackedBailout() }
            memory.set(inputs[index].slot, value)
        }
        return try program.evaluate(memory)
    }

    /// A rule that matched, with the name of its table.
    package struct MatchedRule: Sendable, Hashable {
        package let table: String
        package let rule: Explanation.RuleRecord
    }

    /// Whether evaluations note which rules matched.
    package var notesRules: Bool {
        get { memory.notesMatches }
        set { memory.notesMatches = newValue }
    }

    /// The rows that matched in the last evaluation, in the order of ``Explanation/matchedRules``.
    package var matches: [PackedMatch] { memory.matches }

    /// The rule of a row that matched.
    package func rule(of match: PackedMatch) -> MatchedRule {
        let table = tables[Int(match.table)]
        return MatchedRule(table: table.name, rule: table.record(of: Int(match.row)))
    }

    /// The value of the decision for values of the language; nil when another way must tell.
    package func value(_ values: [Value]) -> Value? {
        do throws(PackedBailout) {
            begin()
            var packed: [PackedValue] = []
            for value in values { packed.append(try memory.packed(value)) }
            return memory.value(try evaluate { $0 < packed.count ? packed[$0] : .null })
        } catch {
            return nil
        }
    }
}
