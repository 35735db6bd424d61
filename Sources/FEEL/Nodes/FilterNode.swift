import IEEEDecimal

/// `list[condition]` or `list[index]`.
final class FilterNode: Node, @unchecked Sendable {
    let source: Node
    let itemSlot: Int
    let condition: Block
    /// Whether the text tells that the condition is an index.
    let isIndex: Bool

    init(_ source: Node, itemSlot: Int, condition: Node, isIndex: Bool, at position: SourcePosition) {
        self.source = source
        self.itemSlot = itemSlot
        self.condition = Block(condition)
        self.isIndex = isIndex
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        let value = source.evaluate(frame)
        if case .list(let list) = value {
            return isIndex ? element(of: list.elements, condition.evaluate(frame), frame) : filter(list, frame)
        }
        if value.isNull { return frame.evaluation.fail(.type, at: position, "null has no elements") }
        let single = List([value])
        return isIndex ? element(of: single.elements, condition.evaluate(frame), frame) : filter(single, frame)
    }

    private func filter(_ list: List, _ frame: Frame) -> Value {
        if let constant = (condition.root as? ConstantNode)?.value, constant.isNull {
            return frame.evaluation.fail(.type, at: position, "null is no condition")
        }
        guard !list.isEmpty else {
            frame.slots[itemSlot] = .null
            if case .number = condition.evaluate(frame) { return .null }
            return .list([])
        }
        var kept: [Value] = []
        for (position, item) in list.elements.enumerated() {
            guard frame.evaluation.countIteration() else {
                return frame.evaluation.failForWork(at: self.position)
            }
            frame.slots[itemSlot] = item
            switch condition.evaluate(frame) {
            case .boolean(true): kept.append(item)
            case .boolean(false), .null: break
            case .number(let index) where position == 0: return element(of: list.elements, .number(index), frame)
            case let other where position == 0:
                return frame.evaluation.fail(.type, at: self.position, "a \(other.typeName) is no condition")
            default: break
            }
        }
        return .list(List(kept))
    }

    override var weight: Int { 4 + source.weight }

    private func element(of elements: [Value], _ index: Value, _ frame: Frame) -> Value {
        guard case .number(let number) = index, let index = Numbers.exactInteger(number) else {
            return frame.evaluation.fail(.type, at: position, "an index must be a whole number")
        }
        if index > 0, index <= elements.count { return elements[index - 1] }
        if index < 0, index >= -elements.count { return elements[elements.count + index] }
        return frame.evaluation.fail(.argument, at: position, "no element \(index) in a list of \(elements.count)")
    }
}
