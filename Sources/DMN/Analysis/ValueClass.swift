import FEEL
import IEEEDecimal

/// Values of an input column that no cell of the column tells apart.
struct ValueClass {
    /// The set of rows whose cells pass the values.
    let set: Int
    /// One of the values; nil when no cell names any value, so that any will do.
    let witness: Value?
}

extension ColumnIndex {
    /// One value of each class that a column of some type can hold; classes without values are left out.
    ///
    /// Values of kinds that neither the type nor any cell names are left out, and so is null unless a cell names it.
    /// A column whose cells name nothing has one class, without a witness.
    func classes(of type: FEELType, namesNull: Bool) -> [ValueClass] {
        var result: [ValueClass] = []
        if type == .string || !type.isScalarOrDate && !strings.keys.isEmpty {
            result += strings.keys.enumerated().map { ValueClass(set: $0, witness: .string($1)) }
            result.append(ValueClass(set: otherString, witness: .string(unnamedString)))
        }
        if type == .boolean || !type.isScalarOrDate && hasBooleanCell {
            result.append(ValueClass(set: falseSet, witness: .boolean(false)))
            result.append(ValueClass(set: trueSet, witness: .boolean(true)))
        }
        for family in OrderedFamily.allCases {
            let points = points[family.rawValue]
            let base = bases[family.rawValue]
            if type == family.type || !type.isScalarOrDate && !points.keys.isEmpty {
                result += points.witnesses(of: family).map { ValueClass(set: base + $0.region, witness: $0.value) }
            }
        }
        if result.isEmpty {
            result.append(ValueClass(set: otherString, witness: nil))
        }
        return (namesNull ? [ValueClass(set: nullSet, witness: .null)] : []) + result
    }

    private var hasBooleanCell: Bool {
        (0..<sets.rows).contains { sets.contains($0, in: trueSet) != sets.contains($0, in: falseSet) }
    }

    /// A readable string that no cell names.
    var unnamedString: String {
        var candidate = "other"
        while strings.place(of: candidate) != nil {
            candidate += "*"
        }
        return candidate
    }
}

extension FEELType {
    /// Whether the type says which kinds of values a column holds.
    var isScalarOrDate: Bool {
        isScalar || self == .date || self == .dateAndTime
    }
}

extension OrderedFamily {
    /// The type of the family's values.
    var type: FEELType {
        switch self {
        case .number: .number
        case .date: .date
        case .yearsAndMonths: .yearsAndMonthsDuration
        case .daysAndTime: .daysAndTimeDuration
        }
    }

    /// The value of a key of the family.
    func value(of key: OrderedKey.Content) -> Value? {
        switch (self, key) {
        case (.number, .number(let number)):
            .number(number)
        case (.date, .count(let count)):
            Int64(exactly: count).flatMap { CalendarDate(daysSince1970: $0) }.map { .date($0) }
        case (.yearsAndMonths, .count(let count)):
            Int64(exactly: count).flatMap { YearsAndMonthsDuration(months: $0) }.map { .yearsAndMonthsDuration($0) }
        case (.daysAndTime, .count(let count)):
            DaysAndTimeDuration(nanoseconds: count).map { .daysAndTimeDuration($0) }
        default:
            nil
        }
    }

    /// The step by which witnesses outside all points lie away from them.
    var step: Int128 {
        self == .daysAndTime ? 3_600_000_000_000 : 1
    }
}

extension CutPoints {
    /// A value in each region that has one, in ascending order.
    func witnesses(of family: OrderedFamily) -> [(region: Int, value: Value)] {
        if keys.isEmpty {
            return [(0, family.sample)]
        }
        return (0..<regionCount).compactMap { region in
            let content = region % 2 == 1 ? keys[region / 2].content : between(region / 2, family)
            guard let content, let value = family.value(of: content),
                let key = OrderedKey.of(value)?.key, self.region(of: key) == region
            else {
                return nil
            }
            return (region, value)
        }
    }

    /// A key below point `place` and above the one before; it may be neither when there is none.
    private func between(_ place: Int, _ family: OrderedFamily) -> OrderedKey.Content? {
        let low = place > 0 ? keys[place - 1].content : nil
        let high = place < keys.count ? keys[place].content : nil
        switch (low, high) {
        case (.number(let low)?, .number(let high)?): return .number((low + high) / Decimal128(2))
        case (.number(let low)?, nil): return .number(low + Decimal128.one)
        case (nil, .number(let high)?): return .number(high - Decimal128.one)
        case (.count(let low)?, .count(let high)?): return .count(low + (high - low) / 2)
        case (.count(let low)?, nil): return .count(low + family.step)
        case (nil, .count(let high)?): return .count(high - family.step)
        default: return nil
        }
    }
}
