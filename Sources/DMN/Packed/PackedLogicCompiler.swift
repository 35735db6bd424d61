import FEEL
import IEEEDecimal

/// Turns compiled logic into packed nodes of one memory.
final class PackedLogicCompiler: PackedHost {
    let memory: PackedMemory
    /// The tables made with the indexes of their columns.
    private var tables: [(table: PackedTable, source: CompiledTable, indexes: [ColumnIndex])] = []

    init(_ memory: PackedMemory) { self.memory = memory }

    func compile(
        _ logic: Logic,
        _ frame: PackedFrame,
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        switch logic {
        case .constant(let value): return try compiler.constant(value)
        case .variable(let slot): return try compiler.variable(slot, in: frame)
        case .expression(let expression): return try compiler.compile(expression, in: frame)
        case .table(let table): return try compile(table, frame, compiler)
        case .context(let context):
            return try compiler.nested { () throws(PackedRefusal) in try compile(context, frame, compiler) }
        case .typed(let typed):
            compiler.charge(16)
            return PackedTyped.checking(try compile(typed.logic, frame, compiler), try type(typed.type))
        case .list, .relation, .conditional, .filter, .iteration, .quantified, .invocation, .function, .failure:
            throw PackedRefusal("a boxed expression of this kind")
        }
    }

    private func compile(
        _ context: ContextLogic,
        _ frame: PackedFrame,
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        var entries: [PackedNode] = []
        for entry in context.entries { entries.append(try compile(entry, frame, compiler)) }
        let slots = context.slots.map { frame.slot($0) }
        if let result = context.result {
            return PackedSequence(slots: slots, entries: entries, result: try compile(result, frame, compiler))
        }
        return PackedContext(shape: try memory.shape(of: context.shape.keys), slots: slots, entries: entries)
    }

    // MARK: Types

    /// The check of a type with its constraints.
    func type(_ type: DataType) throws(PackedRefusal) -> PackedType {
        if let signature = type.signature, signature.isConstrained { throw PackedRefusal("a type of functions") }
        return try self.type(type.type, type.constraint)
    }

    private func type(_ type: FEELType, _ constraint: TypeConstraint?) throws(PackedRefusal) -> PackedType {
        guard let constraint else { return try PackedType.making(type, memory) }
        switch type {
        case .string: return PackedType.texts(try texts(constraint), memory)
        case .list(let element) where constraint.tests.isEmpty:
            return PackedType.list(of: try self.type(element, constraint.items))
        case .context(let entries) where constraint.tests.isEmpty:
            var members: [(name: String, type: PackedType)] = []
            for entry in entries {
                let own = constraint.entries.first { $0.name == entry.name }?.constraint
                members.append((entry.name, try self.type(entry.type, own)))
            }
            return try PackedType.context(members, memory)
        default: throw PackedRefusal("the constraints of \(type)")
        }
    }

    /// The texts that a constraint allows.
    private func texts(_ constraint: TypeConstraint) throws(PackedRefusal) -> [String] {
        guard constraint.tests.count == 1, constraint.items == nil, constraint.entries.isEmpty else {
            throw PackedRefusal("several constraints")
        }
        var texts: [String] = []
        for test in constraint.tests[0].tests {
            guard case .equal(.string(let text)) = test else { throw PackedRefusal("constraints other than texts") }
            texts.append(text)
        }
        return texts
    }

    // MARK: Functions

    func call(
        _ function: any FrameFunction,
        _ arguments: [PackedNode],
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        guard let prepared = function as? PreparedFunction else { throw PackedRefusal("a function of another kind") }
        let function = prepared.function
        compiler.charge(8 * (Run.callCost + 1 + function.slotCount >> 5))
        var frame = try compiler.frame(function.slotCount)
        try declare(what: prepared, in: &frame)
        var (slots, values): ([Int], [PackedNode]) = ([], [])
        for (index, argument) in arguments.enumerated() {
            let type = function.parameters[index].type
            slots.append(frame.slot(function.firstSlot + index))
            values.append(type.isLanguageType ? argument : PackedTyped.checking(argument, try self.type(type)))
        }
        let body = try compile(function.body, frame, compiler)
        let result = function.result.isAny ? body : PackedTyped.checking(body, try type(function.result))
        return PackedCall(slots: slots, arguments: values, body: result)
    }

    /// Declares the functions that another function sees.
    private func declare(what function: PreparedFunction, in frame: inout PackedFrame) throws(PackedRefusal) {
        let count = function.function.firstSlot
        guard count > 0 else { return }
        let evaluation = Evaluation()
        let seen = Frame(slotCount: count, evaluation: evaluation)
        function.prepare(seen, Run(evaluation))
        for slot in 0..<count {
            switch seen[slot] {
            case .function(let function): frame.functions[slot] = function
            case .null: break
            default: throw PackedRefusal("a value that a function keeps")
            }
        }
    }

    // MARK: Tables

    private func compile(
        _ table: CompiledTable,
        _ frame: PackedFrame,
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        compiler.charge(8 * (table.cost + 2))
        var inputs: [PackedNode] = []
        for input in table.inputs {
            guard input.allowed == nil else { throw PackedRefusal("allowed values of a table's input") }
            let value = try compile(input.expression, frame, compiler)
            inputs.append(input.type.isAny ? value : PackedTyped.checking(value, try type(input.type)))
        }
        var results: [PackedNode] = []
        for rule in 0..<table.ruleCount { results.append(try result(of: rule, table, frame, compiler)) }
        return try make(table, inputs: inputs, results: results)
    }

    private func make(
        _ table: CompiledTable,
        inputs: [PackedNode],
        results: [PackedNode]
    ) throws(PackedRefusal) -> PackedNode {
        guard !table.hasDefaults, inputs.count <= TableIndex.maximumColumns else {
            throw PackedRefusal("a table of this form")
        }
        let answer: PackedTable.Answer
        switch table.hitPolicy {
        case .unique: answer = .only
        case .first: answer = .first
        case .ruleOrder, .collect(nil): answer = .all
        default: throw PackedRefusal("the hit policy \(table.hitPolicy)")
        }
        var columns: [PackedTable.Column] = []
        var indexes: [ColumnIndex] = []
        for (place, input) in inputs.enumerated() where !table.index.isIdle(place) {
            guard let index = table.index.columns[place], !index.hasOpaque else {
                throw PackedRefusal("cells that must be evaluated")
            }
            columns.append(try column(input, index))
            indexes.append(index)
        }
        let idle = inputs.indices.filter { table.index.isIdle($0) }.map { inputs[$0] }
        let packed = PackedTable(
            number: Int32(tables.count),
            columns: columns,
            idle: idle,
            results: results,
            answer: answer
        )
        tables.append((packed, table, indexes))
        return packed
    }

    private func column(_ input: PackedNode, _ index: ColumnIndex) throws(PackedRefusal) -> PackedTable.Column {
        for key in index.strings.keys where memory.symbol(key).isNull { throw PackedRefusal("too many texts") }
        var numbers: [PackedValue] = []
        var counts: [[Int64]] = OrderedFamily.allCases.map { _ in [] }
        for family in OrderedFamily.allCases {
            for key in index.points[family.rawValue].keys {
                switch key.content {
                case .number(let number): numbers.append(try packed(number))
                case .count(let count):
                    guard let count = Int64(exactly: count) else { throw PackedRefusal("a count of many digits") }
                    counts[family.rawValue].append(count)
                }
            }
        }
        let (number, date) = (OrderedFamily.number.rawValue, OrderedFamily.date.rawValue)
        let duration = OrderedFamily.daysAndTime.rawValue
        return PackedTable.Column(
            input: input,
            otherText: index.otherString,
            falseClass: index.falseSet,
            trueClass: index.trueSet,
            nullClass: index.nullSet,
            numbers: (numbers, index.bases[number]),
            days: (counts[date], index.bases[date]),
            nanoseconds: (counts[duration], index.bases[duration]),
            sets: index.sets.allWords
        )
    }

    private func packed(_ number: Decimal128) throws(PackedRefusal) -> PackedValue {
        do throws(PackedBailout) {
            return try memory.number(number)
        } catch {
            throw PackedRefusal("a number of many digits")
        }
    }

    /// The tables by their numbers; one that is called from several places stands there as often.
    var sources: [CompiledTable] { tables.map(\.source) }

    /// Makes the tables ready once every text of the program is known.
    func finish() {
        for (table, _, indexes) in tables {
            table.finish { column in
                let index = indexes[column]
                var texts = [Int32](repeating: Int32(index.otherString), count: memory.symbolCount)
                for (number, key) in index.strings.keys.enumerated() {
                    texts[Int(memory.symbol(key).payload)] = Int32(number)
                }
                return texts
            }
        }
    }

    private func result(
        of rule: Int,
        _ table: CompiledTable,
        _ frame: PackedFrame,
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode {
        if let constant = table.constantResults[rule] { return try compiler.constant(constant) }
        var values: [PackedNode] = []
        for (column, output) in table.outputs.enumerated() {
            guard !output.isRestricted else { throw PackedRefusal("values of a table's output") }
            let logic = table.outputLogic[rule * table.outputs.count + column]
            let value = try compile(logic, frame, compiler)
            values.append(output.type.isAny ? value : PackedTyped.checking(value, try type(output.type)))
        }
        guard let shape = table.shape else { return values[0] }
        let slots = try compiler.frame(values.count)
        return PackedContext(
            shape: try memory.shape(of: shape.keys),
            slots: values.indices.map { slots.slot($0) },
            entries: values
        )
    }
}
