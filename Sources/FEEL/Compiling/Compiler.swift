/// Turns a ``Syntax`` tree into nodes, evaluating constant parts once.
struct Compiler {
    /// Whether shortcuts are left out; see ``Scope/isPlain``.
    private let isPlain: Bool

    init(isPlain: Bool = false) { self.isPlain = isPlain }

    /// A frame to evaluate constant parts in; what fails or grows large is left for run time.
    private lazy var scratch: Frame = {
        var limits = Limits()
        limits.steps = 1_000
        limits.listCount = 1_000
        limits.stringLength = 10_000
        limits.patternSteps = 10_000
        return Frame(slotCount: 1, evaluation: Evaluation(limits: limits))
    }()

    mutating func compile(_ syntax: Syntax) -> Node {
        let position = syntax.position
        switch syntax.kind {
        case .constant(let value): return ConstantNode(value, at: position)
        case .slot(let slot):
            let node = SlotNode(slot, at: position)
            return isPlain ? PlainNode(node) : node
        case .unknown(let name):
            return FailureNode(.unknownName, "nothing here is called '\(name)'", at: position)
        case .invalid(let reason): return FailureNode(.argument, reason, at: position)
        case .itemMember(let name, let slot, let otherwise):
            return ItemMemberNode(name, itemSlot: slot, otherwise: compile(otherwise), at: position)
        case .negation(let operand):
            let inner = compile(operand)
            return folded(NegationNode(inner, at: position), nodes: [inner])
        case .arithmetic(let first, let rest): return arithmetic(first, rest, position)
        case .conjunction(let operands): return LogicNode(operands.map { compile($0) }, decisive: false, at: position)
        case .disjunction(let operands): return LogicNode(operands.map { compile($0) }, decisive: true, at: position)
        case .comparison(let operation, let left, let right):
            return comparison(operation, compile(left), compile(right), position)
        case .between(let value, let low, let high):
            return BetweenNode(compile(value), low: compile(low), high: compile(high), at: position)
        case .conditional(let condition, let then, let otherwise):
            return ConditionalNode(
                compile(condition),
                then: compile(then),
                otherwise: compile(otherwise),
                at: position
            )
        case .path(let source, let name):
            let source = compile(source)
            if let slot = source as? SlotNode { return SlotPathNode(slot, name: name, at: position) }
            return PathNode(source, name: name, at: position)
        case .instanceOf(let value, let type): return InstanceOfNode(compile(value), type: type, at: position)
        default: return compileCollection(syntax)
        }
    }

    private func comparison(
        _ operation: Syntax.Comparison,
        _ left: Node,
        _ right: Node,
        _ position: SourcePosition
    ) -> Node {
        if isPlain { return ComparisonNode(operation, left, right, at: position) }
        if operation == .equal || operation == .notEqual {
            for (constant, operand) in [(right, left), (left, right)] {
                if let constant = constant as? ConstantNode, constant.value.isNull {
                    return NullComparisonNode(operand, isPositive: operation == .equal, at: position)
                }
            }
        }
        if let constant = right as? ConstantNode {
            return ConstantComparisonNode(operation, left, constant, at: position)
        }
        return ComparisonNode(operation, left, right, at: position)
    }

    private mutating func arithmetic(
        _ first: Syntax,
        _ rest: [(operation: Syntax.Arithmetic, operand: Syntax)],
        _ position: SourcePosition
    ) -> Node {
        let start = compile(first)
        let operations = rest.map { (operation: $0.operation, operand: compile($0.operand)) }
        let nodes = [start] + operations.map(\.operand)
        if rest.count == 1 {
            return folded(
                ArithmeticNode(operations[0].operation, start, operations[0].operand, at: position),
                nodes: nodes
            )
        }
        return folded(ArithmeticChainNode(start, operations, at: position), nodes: nodes)
    }

    private mutating func compileCollection(_ syntax: Syntax) -> Node {
        let position = syntax.position
        switch syntax.kind {
        case .list(let items):
            let nodes = items.map { compile($0) }
            return folded(ListNode(nodes, at: position), nodes: nodes)
        case .context(let entries):
            let nodes = entries.map { (slot: $0.slot, value: compile($0.value)) }
            // Entries of constants read no slots, so that nothing reads theirs.
            return folded(ContextNode(entries.map(\.key), nodes, at: position), nodes: nodes.map(\.value))
        case .range(let start, let startIncluded, let end, let endIncluded):
            let (low, high) = (compile(start), compile(end))
            let node = RangeNode(
                start: low,
                startIncluded: startIncluded,
                end: high,
                endIncluded: endIncluded,
                at: position
            )
            return folded(node, nodes: [low, high])
        case .operatorRange(let operation, let operand):
            let inner = compile(operand)
            return folded(OperatorRangeNode(operation, inner, at: position), nodes: [inner])
        case .filter(let source, let slot, let condition):
            return FilterNode(
                compile(source),
                itemSlot: slot,
                condition: compile(condition),
                isIndex: condition.type == .number,
                at: position
            )
        case .forLoop(let iterators, let partial, let body):
            return ForNode(iterators.map { compile($0) }, partialSlot: partial, body: compile(body), at: position)
        case .quantified(let every, let iterators, let condition):
            return QuantifiedNode(
                iterators.map { compile($0) },
                condition: compile(condition),
                every: every,
                at: position
            )
        default: return compileCalls(syntax)
        }
    }

    private mutating func compileCalls(_ syntax: Syntax) -> Node {
        let position = syntax.position
        switch syntax.kind {
        case .call(let callee, let arguments): return call(callee, arguments, position)
        case .function(let function):
            return FunctionNode(function, body: function.body.map { compile($0) }, at: position)
        case .membership(let value, let tests, let slot):
            return MembershipNode(
                compile(value),
                inputSlot: slot,
                tests: tests.map { compile(test: $0, inputSlot: slot) },
                at: position
            )
        case .condition(let inner): return compile(inner)
        default: return ConstantNode(.null, at: position)
        }
    }

    private mutating func compile(_ iterator: Syntax.Iterator) -> IteratorNode {
        switch iterator.domain {
        case .collection(let syntax): IteratorNode(slot: iterator.slot, domain: .collection(compile(syntax)))
        case .span(let start, let end):
            IteratorNode(slot: iterator.slot, domain: .span(compile(start), compile(end)))
        }
    }

    private mutating func call(_ callee: Syntax, _ arguments: Syntax.Arguments, _ position: SourcePosition) -> Node {
        let nodes = arguments.syntaxes.map { compile($0) }
        var names: [String]?
        if case .named(let pairs) = arguments { names = pairs.map(\.name) }
        guard case .constant(.function(let function)) = callee.kind,
            case .builtin(let builtin) = function.implementation
        else { return CallNode(compile(callee), arguments: nodes, names: names, isPlain: isPlain, at: position) }
        let candidates = builtin.candidates(count: nodes.count, names: names)
        let node = BuiltinCallNode(
            builtin,
            arguments: nodes,
            candidates: candidates,
            isPlain: isPlain,
            at: position
        )
        return builtin.isPure ? folded(node, nodes: nodes) : node
    }

    // MARK: Constants

    private mutating func folded(_ node: Node, nodes: [Node]) -> Node {
        nodes.allSatisfy { $0 is ConstantNode } ? constant(node) : node
    }

    private mutating func constant(_ node: Node) -> Node {
        scratch.evaluation.reset()
        if let context = node as? ContextNode { scratch.reserve(1 + (context.slots.max() ?? 0)) }
        let value = node.evaluate(scratch)
        guard scratch.evaluation.diagnostics.isEmpty, !value.isNull else { return node }
        return ConstantNode(value, weight: node.weight + 8 * scratch.evaluation.steps, at: node.position)
    }
}
