import IEEEDecimal

/// Where the variables of some logic stand in a memory.
package struct PackedFrame {
    /// The slot of a memory for the slot 0 of the logic.
    package let base: Int
    /// The slots that stand elsewhere.
    package var aliases: [Int: Int] = [:]
    /// The slots that hold a function, known beforehand.
    package var functions: [Int: Function] = [:]

    package init(base: Int) { self.base = base }

    /// The slot of a memory for a slot of the logic.
    package func slot(_ slot: Int) -> Int { aliases[slot] ?? base + slot }
}

/// Whoever knows the bodies of the functions that expressions call.
package protocol PackedHost: AnyObject {
    /// A call of a function with arguments that are of the parameters' types.
    func call(
        _ function: any FrameFunction,
        _ arguments: [PackedNode],
        _ compiler: PackedCompiler
    ) throws(PackedRefusal) -> PackedNode
}

/// Turns nodes into packed nodes of one memory; refuses what has no packed form.
package final class PackedCompiler {
    package let memory: PackedMemory
    /// The work of everything compiled so far besides the passes of loops, in eighths of a step; at least what the
    /// interpreter counts.
    package private(set) var weight = 0

    private unowned let host: any PackedHost
    private var slotEnd = 0
    private var depth = 0
    private static let maximumDepth = 24
    private static let maximumTexts = 4_096

    package init(_ memory: PackedMemory, host: any PackedHost) {
        self.memory = memory
        self.host = host
    }

    /// Counts work in eighths of a step.
    package func charge(_ weight: Int) { self.weight += weight }

    /// Slots of their own for some logic.
    package func frame(_ slotCount: Int) throws(PackedRefusal) -> PackedFrame {
        let base = slotEnd
        guard base + slotCount <= PackedMemory.slotCount else { throw PackedRefusal("too many variables") }
        slotEnd += slotCount
        return PackedFrame(base: base)
    }

    /// Goes one function deeper.
    package func nested(
        _ body: () throws(PackedRefusal) -> PackedNode
    ) throws(PackedRefusal) -> PackedNode {
        guard depth < Self.maximumDepth else { throw PackedRefusal("functions that call each other") }
        depth += 1
        defer { depth -= 1 }
        return try body()
    }

    /// The packed form of a value that is known beforehand.
    package func constant(_ value: Value) throws(PackedRefusal) -> PackedNode {
        PackedConstant(try packed(value))
    }

    /// A value that is known beforehand, its texts known from now on.
    package func packed(_ value: Value) throws(PackedRefusal) -> PackedValue {
        name(value)
        guard memory.symbolCount < Self.maximumTexts else { throw PackedRefusal("too many texts") }
        do throws(PackedBailout) {
            return try memory.packed(value)
        } catch {
            throw PackedRefusal("the constant \(value.typeName)")
        }
    }

    /// Makes the texts of a value known.
    private func name(_ value: Value) {
        switch value {
        case .string(let text): _ = memory.symbol(text)
        case .list(let list): for element in list { name(element) }
        case .context(let context): for element in context.values { name(element) }
        default: break
        }
    }

    /// The packed form of a variable.
    package func variable(_ slot: Int, in frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        guard frame.functions[slot] == nil else { throw PackedRefusal("a function as a value") }
        return PackedVariable(frame.slot(slot))
    }

    /// The packed form of an expression.
    package func compile(_ expression: Expression, in frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        charge(2 * expression.root.weight + 8)
        return try compile(expression.root, frame)
    }

    func compile(_ node: Node, _ frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        switch node {
        case let node as ConstantNode: return try constant(node.value)
        case let node as SlotNode: return try variable(node.slot, in: frame)
        case let node as SlotPathNode: return try compile(node.path, frame)
        case let node as PathNode:
            let source = try compile(node.source, frame)
            let member = try memory.member(node.key.text)
            return (source as? PackedVariable).map { PackedVariablePath($0, member) } ?? PackedPath(source, member)
        case let node as ConditionalNode:
            return PackedConditional(
                try compile(node.condition, frame),
                then: try compile(node.then, frame),
                otherwise: try compile(node.otherwise, frame)
            )
        case let node as LogicNode:
            return PackedLogic(try compile(node.operands, frame), decisive: node.decisive)
        case let node as ComparisonNode:
            return PackedComparison(node.operation, try compile(node.left, frame), try compile(node.right, frame))
        case let node as ConstantComparisonNode:
            return PackedComparison(node.operation, try compile(node.left, frame), try constant(node.constant))
        case let node as NullComparisonNode:
            return PackedNullComparison(try compile(node.operand, frame), isPositive: node.isPositive)
        case let node as BetweenNode:
            return PackedBetween(
                try compile(node.value, frame),
                low: try compile(node.low, frame),
                high: try compile(node.high, frame)
            )
        case let node as InstanceOfNode: return try instance(node, frame)
        default: return try compileMore(node, frame)
        }
    }

    private func compile(_ nodes: [Node], _ frame: PackedFrame) throws(PackedRefusal) -> [PackedNode] {
        var result: [PackedNode] = []
        for node in nodes { result.append(try compile(node, frame)) }
        return result
    }

    private func instance(_ node: InstanceOfNode, _ frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        let quick = QuickCheck(node.type)
        // Any and null have instances that are null.
        guard quick != .slow, quick != .any else { throw PackedRefusal("an instance of \(node.type)") }
        return PackedInstanceOf(try compile(node.value, frame), quick)
    }

    private func compileMore(_ node: Node, _ frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        switch node {
        case let node as ArithmeticNode:
            return PackedArithmetic(node.operation, try compile(node.left, frame), try compile(node.right, frame))
        case let node as ArithmeticChainNode:
            var result = try compile(node.first, frame)
            for (operation, operand) in node.operations {
                result = PackedArithmetic(operation, result, try compile(operand, frame))
            }
            return result
        case let node as NegationNode: return PackedNegation(try compile(node.operand, frame))
        case let node as ListNode: return PackedList(try compile(node.items, frame))
        case let node as ContextNode:
            return PackedContext(
                shape: try memory.shape(of: node.shape.keys),
                slots: node.slots.map(frame.slot),
                entries: try compile(node.nodes, frame)
            )
        case let node as ItemMemberNode:
            return PackedItemMember(
                try memory.member(node.key.text),
                item: frame.slot(node.itemSlot),
                otherwise: try compile(node.otherwise, frame)
            )
        case let node as FilterNode:
            let source = try compile(node.source, frame)
            let (condition, weight) = try body(node.condition.root, frame)
            let slot = frame.slot(node.itemSlot)
            return PackedFilter(source, item: slot, condition: condition, isIndex: node.isIndex, weight: weight)
        case let node as ForNode:
            guard node.partialSlot == nil else { throw PackedRefusal("the results so far of a loop") }
            let (domain, slot) = try iterator(node.iterators, frame)
            let (body, weight) = try body(node.body.root, frame)
            return PackedFor(domain, slot: slot, body: body, weight: weight)
        case let node as QuantifiedNode:
            let (domain, slot) = try iterator(node.iterators, frame)
            let (condition, weight) = try body(node.condition.root, frame)
            return PackedQuantified(
                domain,
                slot: slot,
                condition: condition,
                decisive: node.decisive,
                weight: weight
            )
        case let node as BuiltinCallNode: return try call(node, frame)
        case let node as CallNode: return try call(node, frame)
        default: throw PackedRefusal("\(type(of: node))")
        }
    }

    /// The body of a loop with what a pass counts for.
    private func body(
        _ node: Node,
        _ frame: PackedFrame
    ) throws(PackedRefusal) -> (node: PackedNode, weight: Int) {
        let before = weight
        charge(2 * node.weight + 8)
        let body = try compile(node, frame)
        return (body, 2 + (weight - before) >> 3)
    }

    private func iterator(
        _ iterators: [IteratorNode],
        _ frame: PackedFrame
    ) throws(PackedRefusal) -> (domain: PackedNode, slot: Int) {
        guard iterators.count == 1, case .collection(let domain) = iterators[0].domain else {
            throw PackedRefusal("a loop over anything but one list")
        }
        return (try compile(domain, frame), frame.slot(iterators[0].slot))
    }

    // MARK: Calls

    private func call(_ node: CallNode, _ frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        guard node.names == nil else { throw PackedRefusal("named arguments") }
        return try call(node.callee, node.arguments, frame)
    }

    private func call(
        _ callee: Node,
        _ arguments: [Node],
        _ frame: PackedFrame
    ) throws(PackedRefusal) -> PackedNode {
        switch callee {
        case let callee as ItemMemberNode:
            // Items of a filter that have a member of the function's name hide the function.
            return PackedUnhidden(
                try memory.member(callee.key.text),
                item: frame.slot(callee.itemSlot),
                try call(callee.otherwise, arguments, frame)
            )
        case let callee as ConstantNode:
            guard case .function(let function) = callee.value, case .builtin(let builtin) = function.implementation
            else {
                throw PackedRefusal("a call of a constant")
            }
            return try call(builtin, arguments, frame)
        case let callee as SlotNode:
            guard let function = frame.functions[callee.slot] else { break }
            return try call(function, arguments, frame)
        default: break
        }
        throw PackedRefusal("a call of a function that is not known")
    }

    private func call(
        _ function: Function,
        _ nodes: [Node],
        _ frame: PackedFrame
    ) throws(PackedRefusal) -> PackedNode {
        guard function.parameters.count == nodes.count, case .framed(let body) = function.implementation else {
            throw PackedRefusal("a call with other arguments")
        }
        var arguments = try compile(nodes, frame)
        for index in arguments.indices where !function.parameters[index].isAny {
            arguments[index] = PackedTyped.checking(
                arguments[index],
                try PackedType.making(function.parameters[index].type, memory)
            )
        }
        charge(64)
        let call = try nested { () throws(PackedRefusal) in try host.call(body, arguments, self) }
        if function.hasAnyResult { return call }
        return PackedTyped.checking(call, try PackedType.making(function.resultType, memory))
    }

    private func call(_ node: BuiltinCallNode, _ frame: PackedFrame) throws(PackedRefusal) -> PackedNode {
        guard node.candidates.allSatisfy({ $0.order == nil }) else { throw PackedRefusal("named arguments") }
        return try call(node.builtin, node.arguments, frame)
    }

    private func call(
        _ builtin: Builtin,
        _ nodes: [Node],
        _ frame: PackedFrame
    ) throws(PackedRefusal) -> PackedNode {
        charge(16)
        let name = builtin.name
        if name == "context merge", nodes.count == 1, let list = nodes[0] as? ListNode, list.items.count == 2 {
            return PackedMerge(try compile(list.items[0], frame), try compile(list.items[1], frame))
        }
        let arguments = try compile(nodes, frame)
        switch (name, arguments.count) {
        case ("max", 1...): return PackedExtreme(arguments, sign: 1)
        case ("min", 1...): return PackedExtreme(arguments, sign: -1)
        case ("concatenate", 1...):
            return PackedConcatenation(arguments, slots: try self.frame(arguments.count).base)
        case (_, 1): return PackedUnary(arguments[0], try Self.unary(name))
        case (_, 2): return PackedBinary(arguments[0], arguments[1], try Self.binary(name))
        default: throw PackedRefusal("the function \(name)")
        }
    }

    private static func unary(_ name: String) throws(PackedRefusal) -> PackedUnary.Body {
        switch name {
        case "not": return PackedBuiltins.not
        case "count": return PackedBuiltins.count
        case "sum": return PackedBuiltins.sum
        case "flatten": return PackedBuiltins.flatten
        case "date": return PackedBuiltins.date
        case "string": return PackedBuiltins.string
        case "string join":
            return { list, memory throws(PackedBailout) in try PackedBuiltins.join(list, .null, memory) }
        default: throw PackedRefusal("the function \(name)")
        }
    }

    private static func binary(_ name: String) throws(PackedRefusal) -> PackedBinary.Body {
        switch name {
        case "list contains": return PackedBuiltins.contains
        case "index of": return PackedBuiltins.indices
        case "string join": return PackedBuiltins.join
        case "decimal":
            return { number, scale, memory throws(PackedBailout) in
                try PackedBuiltins.rounded(number, scale, .halfEven, memory)
            }
        default: throw PackedRefusal("the function \(name)")
        }
    }
}
