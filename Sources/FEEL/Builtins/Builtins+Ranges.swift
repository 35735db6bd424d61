extension Builtins {
    static let ranges: [Builtin] = [
        relation("before", points: { $0 < 0 }, pointRange: { $0.isBelow($1) }, rangePoint: { $0.isBelow($1) }) {
            $0.isBelow($1)
        },
        relation("after", points: { $0 > 0 }, pointRange: { $1.isBelow($0) }, rangePoint: { $1.isBelow($0) }) {
            $1.isBelow($0)
        },
        relation("meets") { $0.meets($1) },
        relation("met by") { $1.meets($0) },
        relation("overlaps") { $0.overlaps($1) },
        relation("overlaps before") { $0.overlapsBefore($1) },
        relation("overlaps after") { $1.overlapsBefore($0) },
        relation("finishes", pointRange: { $0.isEnd(of: $1) }) { $0.finishes($1) },
        relation("finished by", rangePoint: { $1.isEnd(of: $0) }) { $1.finishes($0) },
        relation("includes", rangePoint: { $0.includes($1) }) { $0.includes($1) },
        relation("during", pointRange: { $1.includes($0) }) { $1.includes($0) },
        relation("starts", pointRange: { $0.isStart(of: $1) }) { $0.starts($1) },
        relation("started by", rangePoint: { $1.isStart(of: $0) }) { $1.starts($0) },
        relation("coincides", points: { $0 == 0 }) { $0.coincides($1) },
    ]

    private typealias Test = @Sendable (Span, Span) -> Bool?

    /// A relation with a signature for each pair of points and ranges that it takes; a point is a span of one value.
    private static func relation(
        _ name: String,
        points: (@Sendable (Int) -> Bool)? = nil,
        pointRange: Test? = nil,
        rangePoint: Test? = nil,
        ranges: @escaping Test
    ) -> Builtin {
        var signatures: [Builtin.Signature] = [
            .init(["range1": .any, "range2": .any]) { arguments, _ in
                guard case .range(let left) = arguments[0], case .range(let right) = arguments[1] else { return nil }
                return ranges(Span(left), Span(right)).map(Value.boolean)
            }
        ]
        if let pointRange {
            signatures.append(
                .init(["point": .any, "range": .any]) { arguments, _ in
                    guard let point = Span(point: arguments[0]), case .range(let range) = arguments[1] else {
                        return nil
                    }
                    return pointRange(point, Span(range)).map(Value.boolean)
                }
            )
        }
        if let rangePoint {
            signatures.append(
                .init(["range": .any, "point": .any]) { arguments, _ in
                    guard case .range(let range) = arguments[0], let point = Span(point: arguments[1]) else {
                        return nil
                    }
                    return rangePoint(Span(range), point).map(Value.boolean)
                }
            )
        }
        if let points {
            signatures.append(
                .init(["point1": .any, "point2": .any]) { arguments, _ in
                    arguments[0].compare(arguments[1]).map { .boolean(points($0)) }
                }
            )
        }
        return Builtin(name, signatures)
    }
}

/// A range with its ends ready for comparison (table 78: the relations of Allen's interval algebra).
///
/// Each relation is nil when ends cannot be compared. A missing lower end is below, a missing upper end above
/// everything.
struct Span {
    private struct End {
        let value: Value
        let isUpper: Bool
        let isIncluded: Bool

        func compare(_ other: End) -> Int? {
            switch (value.isNull, other.value.isNull) {
            case (false, false): value.compare(other.value)
            case (true, true): isUpper == other.isUpper ? 0 : (isUpper ? 1 : -1)
            case (true, false): isUpper ? 1 : -1
            case (false, true): other.isUpper ? -1 : 1
            }
        }
    }

    private let start: End
    private let end: End

    init(_ range: RangeValue) {
        start = End(value: range.start, isUpper: false, isIncluded: range.startIncluded)
        end = End(value: range.end, isUpper: true, isIncluded: range.endIncluded)
    }

    /// The span of one value; nil for values without order.
    init?(point: Value) {
        guard point.compare(point) != nil else { return nil }
        start = End(value: point, isUpper: false, isIncluded: true)
        end = End(value: point, isUpper: true, isIncluded: true)
    }

    /// Whether this ends before another starts.
    func isBelow(_ other: Span) -> Bool? {
        end.compare(other.start).map { $0 < 0 || ($0 == 0 && !(end.isIncluded && other.start.isIncluded)) }
    }

    func meets(_ other: Span) -> Bool? {
        end.compare(other.start).map { $0 == 0 && end.isIncluded && other.start.isIncluded }
    }

    func overlaps(_ other: Span) -> Bool? {
        guard let isBelow = isBelow(other), let isAbove = other.isBelow(self) else { return nil }
        return !isBelow && !isAbove
    }

    func overlapsBefore(_ other: Span) -> Bool? {
        guard let starts = start.compare(other.start), let ends = end.compare(other.end), let isBelow = isBelow(other)
        else { return nil }
        let startsFirst = starts < 0 || (starts == 0 && start.isIncluded && !other.start.isIncluded)
        let endsFirst = ends < 0 || (ends == 0 && (!end.isIncluded || other.end.isIncluded))
        return startsFirst && !isBelow && endsFirst
    }

    func isEnd(of other: Span) -> Bool? { end.compare(other.end).map { $0 == 0 && other.end.isIncluded } }

    func isStart(of other: Span) -> Bool? { start.compare(other.start).map { $0 == 0 && other.start.isIncluded } }

    func finishes(_ other: Span) -> Bool? {
        guard let starts = start.compare(other.start), let ends = end.compare(other.end) else { return nil }
        return ends == 0 && end.isIncluded == other.end.isIncluded
            && (starts > 0 || (starts == 0 && (!start.isIncluded || other.start.isIncluded)))
    }

    func starts(_ other: Span) -> Bool? {
        guard let starts = start.compare(other.start), let ends = end.compare(other.end) else { return nil }
        return starts == 0 && start.isIncluded == other.start.isIncluded
            && (ends < 0 || (ends == 0 && (!end.isIncluded || other.end.isIncluded)))
    }

    func includes(_ other: Span) -> Bool? {
        guard let starts = start.compare(other.start), let ends = end.compare(other.end) else { return nil }
        return (starts < 0 || (starts == 0 && (start.isIncluded || !other.start.isIncluded)))
            && (ends > 0 || (ends == 0 && (end.isIncluded || !other.end.isIncluded)))
    }

    func coincides(_ other: Span) -> Bool? {
        guard let starts = start.compare(other.start), let ends = end.compare(other.end) else { return nil }
        return starts == 0 && ends == 0 && start.isIncluded == other.start.isIncluded
            && end.isIncluded == other.end.isIncluded
    }
}
