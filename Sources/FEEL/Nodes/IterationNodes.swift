import IEEEDecimal

/// One `name in domain` of `for`, `some` and `every`.
struct IteratorNode: Sendable {
    enum Domain: Sendable {
        case collection(Node)
        case span(Node, Node)
    }

    let slot: Int
    let domain: Domain

    /// What it costs to begin, in eighths of a step.
    var weight: Int {
        switch domain {
        case .collection(let node): 1 + node.weight
        case .span(let start, let end): 1 + start.weight + end.weight
        }
    }

    /// Calls `body` with the slot set to one value after the other, as long as it answers true; false when the
    /// domain is none or the budget is used up.
    func forEach(_ frame: Frame, at position: SourcePosition, _ body: () -> Bool) -> Bool {
        switch domain {
        case .span(let start, let end):
            return span(start.evaluate(frame), end.evaluate(frame), true, true, frame, position, body)
        case .collection(let node):
            let value = node.evaluate(frame)
            switch value {
            case .list(let list):
                for element in list.elements where !pass(element, frame, position, body) { return true }
                return !frame.evaluation.isExhausted
            case .range(let range) where range.form == .interval:
                return span(range.start, range.end, range.startIncluded, range.endIncluded, frame, position, body)
            case .null, .range:
                frame.evaluation.fail(.type, at: position, "there is nothing to iterate in a \(value.typeName)")
                return false
            default:
                _ = pass(value, frame, position, body)
                return true
            }
        }
    }

    private func pass(_ value: Value, _ frame: Frame, _ position: SourcePosition, _ body: () -> Bool) -> Bool {
        guard frame.evaluation.countIteration() else {
            frame.evaluation.failForWork(at: position)
            return false
        }
        frame.slots[slot] = value
        return body()
    }

    /// Whole numbers or days from one end to the other, upwards or downwards.
    private func span(
        _ start: Value,
        _ end: Value,
        _ startIncluded: Bool,
        _ endIncluded: Bool,
        _ frame: Frame,
        _ position: SourcePosition,
        _ body: () -> Bool
    ) -> Bool {
        guard let (first, last, make) = Self.ordinals(start, end) else {
            frame.evaluation.fail(
                .type,
                at: position,
                "no iteration from a \(start.typeName) to a \(end.typeName)"
            )
            return false
        }
        let step = first <= last ? 1 : -1
        var current = startIncluded ? first : first + step
        let stop = endIncluded ? last : last - step
        while step > 0 ? current <= stop : current >= stop {
            guard let value = make(current) else { return false }
            if !pass(value, frame, position, body) {
                return !frame.evaluation.isExhausted
            }
            current += step
        }
        return true
    }

    /// The ends of an iteration are smaller than this, so that the step beyond an end does not overflow.
    private static let bound: UInt = 1 << 62

    private static func ordinals(_ start: Value, _ end: Value) -> (Int, Int, (Int) -> Value?)? {
        switch (start, end) {
        case (.number(let start), .number(let end)):
            guard let first = Numbers.exactInteger(start), let last = Numbers.exactInteger(end),
                first.magnitude < bound, last.magnitude < bound
            else { return nil }
            return (first, last, { .number($0) })
        case (.date(let start), .date(let end)):
            return (
                Int(start.daysSince1970), Int(end.daysSince1970),
                { CalendarDate(daysSince1970: Int64($0)).map(Value.date) }
            )
        default: return nil
        }
    }
}

extension [IteratorNode] {
    /// Calls `body` for every combination of the iterators' values, the last one changing fastest.
    func forEach(_ frame: Frame, at position: SourcePosition, from index: Int = 0, _ body: () -> Bool) -> Bool {
        if index == count - 1 { return self[index].forEach(frame, at: position, body) }
        var continues = true
        var isComplete = true
        let outerIsComplete = self[index].forEach(frame, at: position) {
            isComplete = forEach(frame, at: position, from: index + 1) {
                continues = body()
                return continues
            }
            return isComplete && continues
        }
        return outerIsComplete && isComplete
    }
}

final class ForNode: Node, @unchecked Sendable {
    let iterators: [IteratorNode]
    /// Where the results so far stand, when the body uses them.
    let partialSlot: Int?
    let body: Block

    init(_ iterators: [IteratorNode], partialSlot: Int?, body: Node, at position: SourcePosition) {
        self.iterators = iterators
        self.partialSlot = partialSlot
        self.body = Block(body)
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        var results: [Value] = []
        var measure = Measure()
        let limits = frame.evaluation.limits
        var isShort = true
        let isComplete = iterators.forEach(frame, at: position) {
            if let partialSlot { frame.slots[partialSlot] = .list(List(results, measure)) }
            let value = body.evaluate(frame)
            if let partialSlot { frame.slots[partialSlot] = .null }
            results.append(value)
            measure.add(value)
            isShort =
                results.count <= limits.listCount && measure.depth < limits.valueDepth
                && measure.size <= limits.valueSize
            return isShort
        }
        guard isComplete, isShort else {
            return isComplete
                ? frame.evaluation.fail(.limit, at: position, "a list too long, too deep or too large") : .null
        }
        return frame.evaluation.bounded(List(results, measure), at: position)
    }

    override var weight: Int { iterators.reduce(4) { $0 + $1.weight } }
}

final class QuantifiedNode: Node, @unchecked Sendable {
    let iterators: [IteratorNode]
    let condition: Block
    /// `every` is decided by false, `some` by true.
    let decisive: Bool

    init(_ iterators: [IteratorNode], condition: Node, every: Bool, at position: SourcePosition) {
        self.iterators = iterators
        self.condition = Block(condition)
        decisive = !every
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        var isDecided = false
        var isKnown = true
        let isComplete = iterators.forEach(frame, at: position) {
            switch condition.evaluate(frame) {
            case .boolean(let boolean): isDecided = boolean == decisive
            default: isKnown = false
            }
            return !isDecided
        }
        if isDecided { return .boolean(decisive) }
        return isComplete && isKnown ? .boolean(!decisive) : .null
    }

    override var weight: Int { iterators.reduce(2) { $0 + $1.weight } }
}
