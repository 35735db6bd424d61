package import IEEEDecimal

/// Packed values and those of the language.
extension PackedMemory {
    /// The packed form of a number; bails out for one of more than 18 digits, or negative zero.
    @inline(__always)
    package func number(_ number: Decimal128) throws(PackedBailout) -> PackedValue {
        let coefficient = number.coefficient
        guard number.isFinite, coefficient <= UInt128(PackedNumber.maximum), abs(number.exponent) <= 1_000,
            coefficient != 0 || !number.isNegative
        else { throw PackedBailout() }
        let magnitude = Int64(truncatingIfNeeded: coefficient)
        return PackedValue(.number, number.isNegative ? -magnitude : magnitude, detail: number.exponent)
    }

    /// A number, or a numeral, as a decimal.
    @inline(__always)
    package func decimal(_ value: PackedValue) -> Decimal128 {
        Decimal128(
            sign: value.payload < 0 ? .minus : .plus,
            coefficient: UInt128(value.payload.magnitude),
            exponent: value.detail
        )
    }

    /// The packed form of a value; bails out where there is none.
    package func packed(_ value: Value) throws(PackedBailout) -> PackedValue {
        switch value {
        case .null: return .null
        case .boolean(let boolean): return PackedValue(boolean)
        case .number(let number): return try self.number(number)
        case .string(var text):
            let result = text.withUTF8 { bytes in
                Result { () throws(PackedBailout) in try string(bytes) }
            }
            return try result.get()
        case .date(let date): return PackedValue(.date, date.daysSince1970)
        case .dateAndTime(let moment):
            guard moment.zone == .utc, let microseconds = Int64(exactly: moment.nanoseconds / 1_000),
                moment.time.nanosecond % 1_000 == 0
            else { throw PackedBailout() }
            return PackedValue(.moment, microseconds)
        case .daysAndTimeDuration(let duration):
            guard let nanoseconds = Int64(exactly: duration.nanoseconds) else { throw PackedBailout() }
            return PackedValue(.duration, nanoseconds)
        case .list(let list): return try packed(list)
        case .context(let context): return try packed(context)
        case .time, .yearsAndMonthsDuration, .range, .function: throw PackedBailout()
        }
    }

    private func packed(_ list: List) throws(PackedBailout) -> PackedValue {
        guard list.depth < Self.maximumDepth else { throw PackedBailout() }
        let place = try allocate(list.count)
        for index in list.elements.indices { put(try packed(list.elements[index]), at: place + index) }
        return try self.list(at: place, count: list.count)
    }

    private func packed(_ context: Context) throws(PackedBailout) -> PackedValue {
        guard context.depth < Self.maximumDepth else { throw PackedBailout() }
        var shape = 0
        for key in context.shape.keys {
            guard let key = shapes.key(key) else { throw PackedBailout() }
            shape = try shapes.adding(key, to: shape)
        }
        let place = try allocate(context.count)
        for index in 0..<context.count { put(try packed(context[position: index]), at: place + index) }
        return try self.context(shape, at: place, count: context.count)
    }

    /// The value in the language's own form.
    package func value(_ value: PackedValue) -> Value {
        switch value.kind {
        case .null: return .null
        case .boolean: return .boolean(value.payload != 0)
        case .number: return .number(decimal(value))
        case .symbol, .bytes, .rope, .numeral: return .string(string(value))
        case .date: return CalendarDate(daysSince1970: value.payload).map(Value.date) ?? .null
        case .moment:
            return DateAndTime(nanoseconds: Int128(value.payload) * 1_000, zone: .utc).map(Value.dateAndTime) ?? .null
        case .duration:
            return DaysAndTimeDuration(nanoseconds: Int128(value.payload)).map(Value.daysAndTimeDuration) ?? .null
        case .list: return .list((0..<value.detail).map { self.value(cells[value.place + $0]) })
        case .context:
            return .context(Context(shape: shapes.contextShape(value.detail)) { self.value(cells[value.place + $0]) })
        }
    }

    /// The member of a context; nil for any other value and where there is none.
    package func member(_ name: String, of value: PackedValue) -> PackedValue? {
        guard value.kind == .context, let key = shapes.key(name) else { return nil }
        let position = shapes.position(of: key, in: value.detail)
        return position < 0 ? nil : cells[value.place + position]
    }
}

/// Arithmetic of numbers with coefficients of up to 18 digits: exact, or not at all.
enum PackedNumber {
    /// The greatest coefficient.
    static let maximum: Int64 = 999_999_999_999_999_999

    static let powers: [Int64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    @inline(__always)
    private static func checked(_ coefficient: Int64, _ exponent: Int) throws(PackedBailout) -> PackedValue {
        guard coefficient <= maximum, coefficient >= -maximum, abs(exponent) <= 1_000 else { throw PackedBailout() }
        return PackedValue(.number, coefficient, detail: exponent)
    }

    @inline(__always)
    static func add(
        _ left: PackedValue,
        _ right: PackedValue,
        negated: Bool
    ) throws(PackedBailout) -> PackedValue {
        var (one, other) = (left.payload, negated ? -right.payload : right.payload)
        // A zero taken away would be negative where both are zero of another sign.
        if negated, other == 0, one == 0 { return try checked(0, min(left.detail, right.detail)) }
        if left.detail != right.detail {
            one = try scaled(one, left.detail - right.detail)
            other = try scaled(other, right.detail - left.detail)
        }
        return try checked(one + other, min(left.detail, right.detail))
    }

    /// A coefficient with so many digits more; as it is when there are none.
    @inline(__always)
    private static func scaled(_ coefficient: Int64, _ digits: Int) throws(PackedBailout) -> Int64 {
        guard digits > 0 else { return coefficient }
        guard digits <= 18 else { throw PackedBailout() }
        let (result, overflow) = coefficient.multipliedReportingOverflow(by: powers[digits])
        // Two of these add up without an overflow.
        guard !overflow, result.magnitude < 1 << 62 else { throw PackedBailout() }
        return result
    }

    static func multiply(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> PackedValue {
        let (product, overflow) = left.payload.multipliedReportingOverflow(by: right.payload)
        // Zero times a negative number is negative zero.
        guard !overflow, product != 0 || (left.payload >= 0 && right.payload >= 0) else { throw PackedBailout() }
        return try checked(product, left.detail + right.detail)
    }

    /// Negative, zero or positive as the left number is less than, equal to or greater than the right one.
    @inline(__always)
    static func compare(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> Int {
        if left.detail == right.detail { return Value.order(left.payload, right.payload) }
        let digits = left.detail - right.detail
        guard abs(digits) <= 18 else { throw PackedBailout() }
        let (one, other) = (Int128(left.payload), Int128(right.payload))
        return digits > 0
            ? Value.order(one * Int128(powers[digits]), other) : Value.order(one, other * Int128(powers[-digits]))
    }

    /// The number as an integer; nil when it is none.
    ///
    /// Bails out for a far exponent.
    @inline(__always)
    static func integer(_ number: PackedValue) throws(PackedBailout) -> Int? {
        let exponent = number.detail
        if exponent == 0 { return Int(number.payload) }
        guard abs(exponent) <= 18 else { throw PackedBailout() }
        if exponent > 0 {
            let (result, overflow) = number.payload.multipliedReportingOverflow(by: powers[exponent])
            if overflow { throw PackedBailout() }
            return Int(result)
        }
        let (quotient, remainder) = number.payload.quotientAndRemainder(dividingBy: powers[-exponent])
        return remainder == 0 ? Int(quotient) : nil
    }
}

/// Comparisons.
extension PackedMemory {
    /// Whether two values are equal in the language; bails out where that is not true or false, or a text would have to be
    /// made to tell.
    @inline(__always)
    func equals(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> Bool {
        if left.isNull || right.isNull { return left.isNull && right.isNull }
        switch (left.kind, right.kind) {
        case (.number, .number): return try PackedNumber.compare(left, right) == 0
        case (.symbol, .symbol), (.symbol, .bytes), (.bytes, .symbol), (.bytes, .bytes):
            try charge(left)
            if left.kind != right.kind { return false }
            return left.kind == .symbol ? left.payload == right.payload : hasSameBytes(left, right)
        case (.boolean, .boolean), (.date, .date), (.duration, .duration): return left.payload == right.payload
        default: throw PackedBailout()
        }
    }

    /// Whether two values are known to be equal: false also where they cannot be compared, as `is true` of the comparison.
    @inline(__always)
    func isEqual(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> Bool {
        if left.kind == right.kind || (left.isText && right.isText) { return try equals(left, right) }
        return false
    }

    private func hasSameBytes(_ left: PackedValue, _ right: PackedValue) -> Bool {
        guard left.detail == right.detail else { return false }
        for index in 0..<left.detail where text[left.place + index] != text[right.place + index] { return false }
        return true
    }

    /// The order of two values; bails out where there is none, or for texts.
    @inline(__always)
    func compare(_ left: PackedValue, _ right: PackedValue) throws(PackedBailout) -> Int {
        switch (left.kind, right.kind) {
        case (.number, .number): return try PackedNumber.compare(left, right)
        case (.date, .date), (.duration, .duration): return Value.order(left.payload, right.payload)
        default: throw PackedBailout()
        }
    }
}

extension PackedValue {
    /// Negative, zero or positive as this number is less than, equal to or greater than another one.
    @inline(__always)
    package func compare(_ other: PackedValue) throws(PackedBailout) -> Int { try PackedNumber.compare(self, other) }
}
