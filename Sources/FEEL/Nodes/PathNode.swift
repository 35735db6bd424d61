import IEEEDecimal
import Synchronization

/// Where a member was found last, for those who look for the same member of many contexts of one form.
///
/// Only a hint: whoever reads it looks whether the key stands there.
struct PlaceHint: ~Copyable, Sendable {
    private let place = Atomic<Int>(0)

    /// Where the member of a context stands; nil for any other value and where there is none.
    ///
    /// Valid as long as the value stays where it is. Not inlined, so that the context is looked at where it stands: what is
    /// inlined is copied first.
    @inline(never)
    func place(_ key: borrowing ContextKey, in value: borrowing Value) -> UnsafePointer<Value>? {
        switch value {
        case .context(let context):
            let hint = place.load(ordering: .relaxed)
            guard let position = context.shape.position(of: key, near: hint) else { return nil }
            if position != hint { place.store(position, ordering: .relaxed) }
            return context.place(position)
        default: return nil
        }
    }
}

/// `value.name`.
final class PathNode: Node, @unchecked Sendable {
    let source: Node
    let key: ContextKey
    let hint = PlaceHint()
    private var name: String { key.text }

    init(_ source: Node, name: String, at position: SourcePosition) {
        self.source = source
        key = ContextKey(name)
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let place = place(frame) { return place.pointee }
        return member(of: source.evaluate(frame), frame)
    }

    override func place(_ frame: Frame) -> UnsafePointer<Value>? {
        source.place(frame).flatMap { hint.place(key, in: $0.pointee) }
    }

    fileprivate func member(of value: Value, _ frame: Frame) -> Value {
        switch value {
        case .context:
            if let member = hint.place(key, in: value) { return member.pointee }
        case .list(let list):
            var values: [Value] = []
            values.reserveCapacity(list.count)
            for element in list.elements {
                values.append(hint.place(key, in: element)?.pointee ?? element.member(name) ?? .null)
            }
            return frame.evaluation.bounded(List(values), at: position)
        default:
            if let member = value.member(name) { return member }
        }
        return frame.evaluation.fail(
            value.isNull ? .type : .unknownName,
            at: position,
            "a \(value.typeName) has no '\(name)'"
        )
    }

    override var weight: Int { 1 + source.weight }
}

/// `variable.name`: looks into the frame without taking the context out of it.
final class SlotPathNode: Node, @unchecked Sendable {
    private let slot: Int
    private let key: ContextKey
    private let hint = PlaceHint()
    let path: PathNode

    init(_ slot: SlotNode, name: String, at position: SourcePosition) {
        self.slot = slot.slot
        path = PathNode(slot, name: name, at: position)
        key = path.key
        super.init(position)
    }

    override func evaluate(_ frame: Frame) -> Value {
        if let place = hint.place(key, in: frame.slots[slot]) { return place.pointee }
        return path.member(of: frame.slots[slot], frame)
    }

    override func place(_ frame: Frame) -> UnsafePointer<Value>? { hint.place(key, in: frame.slots[slot]) }

    override var weight: Int { path.weight }
}

extension Value {
    /// A member of a context, a property of a time, duration or range (table 65 and following); a list answers
    /// with the members of its elements.
    func member(_ name: String) -> Value? {
        switch self {
        case .context(let context): context[name]
        case .list(let list): .list(List(list.elements.map { $0.member(name) ?? .null }))
        case .date(let date): date.property(name)
        case .time(let time): time.property(name)
        case .dateAndTime(let moment): moment.date.property(name) ?? moment.time.property(name, on: moment)
        case .yearsAndMonthsDuration(let duration): duration.property(name)
        case .daysAndTimeDuration(let duration): duration.property(name)
        case .range(let range): range.property(name)
        default: nil
        }
    }
}

extension CalendarDate {
    func property(_ name: String) -> Value? {
        switch name {
        case "year": .number(Int(year))
        case "month": .number(Int(month))
        case "day": .number(Int(day))
        case "weekday": .number(weekday)
        default: nil
        }
    }
}

extension TimeOfDay {
    func property(_ name: String, on moment: DateAndTime? = nil) -> Value? {
        switch name {
        case "hour": return .number(Int(hour))
        case "minute": return .number(Int(minute))
        case "second": return .number(Numbers.seconds(Int128(second) * 1_000_000_000 + Int128(nanosecond)))
        case "time offset":
            let local = moment?.localSeconds ?? Self.referenceDay * 86_400 + secondOfDay
            guard let offset = zone.offset(atLocal: local) else { return .null }
            return .daysAndTimeDuration(DaysAndTimeDuration(seconds: offset))
        case "timezone":
            if case .region(let region) = zone { return .string(region.name) }
            return .null
        default: return nil
        }
    }
}

extension YearsAndMonthsDuration {
    func property(_ name: String) -> Value? {
        switch name {
        case "years": .number(Int(months / 12))
        case "months": .number(Int(months % 12))
        default: nil
        }
    }
}

extension DaysAndTimeDuration {
    func property(_ name: String) -> Value? {
        let seconds = nanoseconds / 1_000_000_000
        switch name {
        case "days": return .number(Int(seconds / 86_400))
        case "hours": return .number(Int(seconds / 3600 % 24))
        case "minutes": return .number(Int(seconds / 60 % 60))
        case "seconds": return .number(Numbers.seconds(nanoseconds % 60_000_000_000))
        default: return nil
        }
    }
}

extension RangeValue {
    func property(_ name: String) -> Value? {
        switch name {
        case "start": start
        case "end": end
        case "start included": .boolean(startIncluded)
        case "end included": .boolean(endIncluded)
        default: nil
        }
    }
}
