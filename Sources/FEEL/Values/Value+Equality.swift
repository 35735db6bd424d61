import IEEEDecimal

extension Value {
    /// Equality of the language (`=`): true, false, or null for values that cannot be compared.
    ///
    /// Times compare by whole seconds of UTC, as 10.3.2.3.4 defines their values; of a time with a zone and one
    /// without, the latter takes the offset of the former (table 54).
    public func equals(_ other: Value) -> Value {
        switch (self, other) {
        case (.number(let left), .number(let right)): .boolean(left == right)
        case (.string(let left), .string(let right)): .boolean(Text.equal(left, right))
        case (.boolean(let left), .boolean(let right)): .boolean(left == right)
        case (.null, .null): .boolean(true)
        case (.null, _), (_, .null): .boolean(false)
        case (.list(let left), .list(let right)): left.equals(right)
        case (.context(let left), .context(let right)): left.equals(right)
        case (.range(let left), .range(let right)): left.equals(right)
        case (.function(let left), .function(let right)): .boolean(left === right)
        default: compare(other).map { .boolean($0 == 0) } ?? .null
        }
    }

    /// The order of two values of one comparable type: negative, zero or positive; nil for all others.
    public func compare(_ other: Value) -> Int? {
        switch (self, other) {
        case (.number(let left), .number(let right)): left.compare(right)
        case (.string(let left), .string(let right)): Text.compare(left, right)
        case (.date(let left), .date(let right)): Self.order(left.order, right.order)
        case (.time(let left), .time(let right)): left.compare(right)
        case (.dateAndTime(let left), .dateAndTime(let right)): left.compare(right)
        case (.yearsAndMonthsDuration(let left), .yearsAndMonthsDuration(let right)):
            Self.order(left.months, right.months)
        case (.daysAndTimeDuration(let left), .daysAndTimeDuration(let right)):
            Self.order(left.nanoseconds, right.nanoseconds)
        default: nil
        }
    }

    @inline(__always)
    static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
        left < right ? -1 : (left == right ? 0 : 1)
    }

    /// Whether both are the same element of the semantic domain (the function `is`): for times, every property alike.
    public func isSame(_ other: Value) -> Bool {
        switch (self, other) {
        case (.time(let left), .time(let right)): left == right
        case (.dateAndTime(let left), .dateAndTime(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame($1) }
        case (.context(let left), .context(let right)):
            left.count == right.count
                && left.entries.allSatisfy { entry in right[entry.key].map(entry.value.isSame) ?? false }
        default: equals(other).isTrue
        }
    }
}

extension List {
    /// Element by element: false when one pair differs, else null when one pair cannot be compared.
    func equals(_ other: List) -> Value {
        guard count == other.count else { return .boolean(false) }
        var result = Value.boolean(true)
        for (left, right) in zip(elements, other.elements) {
            switch left.equals(right) {
            case .boolean(true): break
            case .boolean(false): return .boolean(false)
            default: result = .null
            }
        }
        return result
    }
}

extension Context {
    /// Entry by entry, whatever their order.
    func equals(_ other: Context) -> Value {
        guard count == other.count else { return .boolean(false) }
        var result = Value.boolean(true)
        for (key, left) in zip(shape.keys, values) {
            guard let right = other[key] else { return .boolean(false) }
            switch left.equals(right) {
            case .boolean(true): break
            case .boolean(false): return .boolean(false)
            default: result = .null
            }
        }
        return result
    }
}

extension RangeValue {
    func equals(_ other: RangeValue) -> Value {
        guard form == other.form, startIncluded == other.startIncluded, endIncluded == other.endIncluded else {
            return .boolean(false)
        }
        guard start.isNull == other.start.isNull, end.isNull == other.end.isNull else { return .boolean(false) }
        let starts = start.equals(other.start)
        let ends = end.equals(other.end)
        if starts.isNull || ends.isNull { return .null }
        return .boolean(starts.isTrue && ends.isTrue)
    }
}

extension TimeOfDay {
    /// Days since 1970 of the day on which regions are asked for the offset of a mere time.
    static let referenceDay: Int64 = 19_723

    /// Seconds since midnight UTC on the reference day; nil without zone.
    var utcSecondOfDay: Int64? { offset(onDay: Self.referenceDay).map { secondOfDay - $0 } }

    /// The order of two times; one without zone takes the offset of the other.
    func compare(_ other: TimeOfDay) -> Int {
        if let left = utcSecondOfDay, let right = other.utcSecondOfDay { return Value.order(left, right) }
        return Value.order(secondOfDay, other.secondOfDay)
    }
}

extension DateAndTime {
    /// The order of two moments; one without zone takes the offset of the other.
    func compare(_ other: DateAndTime) -> Int {
        if let left = utcSeconds, let right = other.utcSeconds { return Value.order(left, right) }
        return Value.order(localSeconds, other.localSeconds)
    }
}

/// Text compared by code points, not by canonical equivalence as `String` does.
enum Text {
    static func equal(_ left: String, _ right: String) -> Bool {
        if left.utf8.count != right.utf8.count { return false }
        let fast = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
        }
        if let fast, let fast { return fast }
        return left.utf8.elementsEqual(right.utf8)
    }

    static func compare(_ left: String, _ right: String) -> Int {
        var others = right.utf8.makeIterator()
        for byte in left.utf8 {
            guard let other = others.next() else { return 1 }
            if byte != other { return byte < other ? -1 : 1 }
        }
        return others.next() == nil ? 0 : -1
    }
}
