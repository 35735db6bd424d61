import IEEEDecimal

extension Value {
    /// The outcome of an operator on two values; nil where the language gives null, after `reason` says why.
    static func apply(_ operation: Syntax.Arithmetic, _ left: Value, _ right: Value) -> Value? {
        if case .number(let left) = left, case .number(let right) = right {
            return number(operation, left, right)
        }
        switch operation {
        case .add: return left.adding(right) ?? right.addingDuration(left)
        case .subtract: return left.subtracting(right)
        case .multiply: return left.multiplied(by: right) ?? right.multiplied(by: left)
        case .divide: return left.divided(by: right)
        case .power: return nil
        }
    }

    @inline(__always)
    private static func number(_ operation: Syntax.Arithmetic, _ left: Decimal128, _ right: Decimal128) -> Value? {
        let result: Decimal128
        switch operation {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide:
            if right.isZero { return nil }
            result = left / right
        case .power: result = Numbers.power(left, right)
        }
        return result.isFinite ? .number(result) : nil
    }

    private func adding(_ other: Value) -> Value? {
        switch (self, other) {
        case (.string(let left), .string(let right)): return .string(left + right)
        case (.yearsAndMonthsDuration(let left), .yearsAndMonthsDuration(let right)):
            return YearsAndMonthsDuration(months: left.months + right.months).map(Value.yearsAndMonthsDuration)
        case (.daysAndTimeDuration(let left), .daysAndTimeDuration(let right)):
            return DaysAndTimeDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
                .map(Value.daysAndTimeDuration)
        default: return addingDuration(other)
        }
    }

    /// A date or time and a duration.
    private func addingDuration(_ duration: Value) -> Value? {
        switch (self, duration) {
        case (.date(let date), .yearsAndMonthsDuration(let duration)):
            return date.adding(months: duration.months).map(Value.date)
        case (.date(let date), .daysAndTimeDuration(let duration)):
            return DateAndTime(date: date, time: .midnight()).adding(duration).map { .date($0.date) }
        case (.dateAndTime(let moment), .yearsAndMonthsDuration(let duration)):
            return moment.adding(duration).map(Value.dateAndTime)
        case (.dateAndTime(let moment), .daysAndTimeDuration(let duration)):
            return moment.adding(duration).map(Value.dateAndTime)
        case (.time(let time), .daysAndTimeDuration(let duration)):
            return .time(time.adding(nanoseconds: duration.nanoseconds))
        default: return nil
        }
    }

    private func subtracting(_ other: Value) -> Value? {
        switch (self, other) {
        case (.time(let left), .time(let right)): return left.nanoseconds(since: right).flatMap(Self.duration)
        case (.date(let left), .date(let right)):
            return .daysAndTimeDuration(
                DaysAndTimeDuration(seconds: (left.daysSince1970 - right.daysSince1970) * 86_400)
            )
        case (.date(let left), .dateAndTime(let right)):
            return DateAndTime(date: left, time: .midnight(.utc)).nanoseconds(since: right).flatMap(Self.duration)
        case (.dateAndTime(let left), .date(let right)):
            return left.nanoseconds(since: DateAndTime(date: right, time: .midnight(.utc))).flatMap(Self.duration)
        case (.dateAndTime(let left), .dateAndTime(let right)):
            return left.nanoseconds(since: right).flatMap(Self.duration)
        default:
            guard let negative = other.negatedDuration else { return nil }
            return adding(negative)
        }
    }

    private static func duration(_ nanoseconds: Int128) -> Value? {
        DaysAndTimeDuration(nanoseconds: nanoseconds).map(Value.daysAndTimeDuration)
    }

    private var negatedDuration: Value? {
        switch self {
        case .yearsAndMonthsDuration(let duration):
            YearsAndMonthsDuration(months: -duration.months).map(Value.yearsAndMonthsDuration)
        case .daysAndTimeDuration(let duration): Self.duration(-duration.nanoseconds)
        default: nil
        }
    }

    /// Minus this value: numbers and durations.
    var minus: Value? {
        if case .number(let number) = self { return .number(-number) }
        return negatedDuration
    }

    /// A duration times a number; months are cut to whole ones.
    private func multiplied(by other: Value) -> Value? {
        guard case .number(let factor) = other else { return nil }
        switch self {
        case .yearsAndMonthsDuration(let duration):
            return Self.months(Decimal128(Int(duration.months)) * factor)
        case .daysAndTimeDuration(let duration):
            return Self.nanoseconds(Numbers.decimal(duration.nanoseconds) * factor)
        default: return nil
        }
    }

    private func divided(by other: Value) -> Value? {
        switch (self, other) {
        case (.yearsAndMonthsDuration(let duration), .number(let divisor)):
            return divisor.isZero ? nil : Self.months(Decimal128(Int(duration.months)) / divisor)
        case (.daysAndTimeDuration(let duration), .number(let divisor)):
            return divisor.isZero ? nil : Self.nanoseconds(Numbers.decimal(duration.nanoseconds) / divisor)
        case (.yearsAndMonthsDuration(let left), .yearsAndMonthsDuration(let right)):
            return right.months == 0 ? nil : .number(Decimal128(Int(left.months)) / Decimal128(Int(right.months)))
        case (.daysAndTimeDuration(let left), .daysAndTimeDuration(let right)):
            guard right.nanoseconds != 0 else { return nil }
            return .number(Numbers.decimal(left.nanoseconds) / Numbers.decimal(right.nanoseconds))
        default: return nil
        }
    }

    private static func months(_ number: Decimal128) -> Value? {
        guard let months = Int(truncating: number) else { return nil }
        return YearsAndMonthsDuration(months: Int64(months)).map(Value.yearsAndMonthsDuration)
    }

    private static func nanoseconds(_ number: Decimal128) -> Value? {
        guard let nanoseconds = Numbers.wideInteger(number) else { return nil }
        return duration(nanoseconds)
    }
}

extension TimeOfDay {
    /// The time from another time to this one; nil when only one of them has a zone.
    func nanoseconds(since other: TimeOfDay) -> Int128? {
        switch (offset(onDay: Self.referenceDay), other.offset(onDay: Self.referenceDay)) {
        case (let left?, let right?):
            return Int128(nanosecondOfDay - other.nanosecondOfDay) - Int128(left - right) * 1_000_000_000
        case (nil, nil): return Int128(nanosecondOfDay - other.nanosecondOfDay)
        default: return nil
        }
    }
}

extension DateAndTime {
    /// The time from another moment to this one; nil when only one of them has a zone.
    func nanoseconds(since other: DateAndTime) -> Int128? {
        guard (zone == .none) == (other.zone == .none) else { return nil }
        return nanoseconds - other.nanoseconds
    }
}
