import IEEEDecimal

extension Builtins {
    static let temporalConversions: [Builtin] = [
        Builtin(
            "date",
            [
                .init(["from": .any]) { arguments, call in date(arguments[0].single, call) },
                .init(["year": .number, "month": .number, "day": .number]) { arguments, call in
                    guard let parts = integers(arguments) else { return nil }
                    return CalendarDate(year: parts[0], month: parts[1], day: parts[2]).map(Value.date)
                        ?? call.fail(.argument, "there is no such day")
                },
            ]
        ),
        Builtin(
            "time",
            [
                .init(["from": .any]) { arguments, call in time(arguments[0].single, call) },
                .init(
                    ["hour": .number, "minute": .number, "second": .number],
                    optional: ["offset": .daysAndTimeDuration]
                ) {
                    arguments,
                    call in time(parts: arguments, call)
                },
            ]
        ),
        Builtin(
            "date and time",
            [
                .init(["from": .any]) { arguments, call in dateAndTime(arguments[0].single, call) },
                .init(["date": .any, "time": .time]) { arguments, _ in
                    guard case .time(let time) = arguments[1] else { return nil }
                    switch arguments[0] {
                    case .date(let date): return .dateAndTime(DateAndTime(date: date, time: time))
                    case .dateAndTime(let moment): return .dateAndTime(DateAndTime(date: moment.date, time: time))
                    default: return nil
                    }
                },
            ]
        ),
        Builtin(
            "duration",
            [
                .init(["from": .any]) { arguments, call in
                    let value = arguments[0].single
                    switch value {
                    case .string(let text):
                        return TemporalText.duration(text) ?? call.fail(.argument, "\(value) is no duration")
                    case .yearsAndMonthsDuration, .daysAndTimeDuration: return value
                    default: return nil
                    }
                }
            ]
        ),
        Builtin(
            "years and months duration",
            [
                .init(["from": .any, "to": .any]) { arguments, _ in
                    guard let from = day(arguments[0]), let to = day(arguments[1]) else { return nil }
                    return YearsAndMonthsDuration(months: from.months(to: to)).map(Value.yearsAndMonthsDuration)
                }
            ]
        ),
    ]

    static func day(_ value: Value) -> CalendarDate? {
        switch value.single {
        case .date(let date): date
        case .dateAndTime(let moment): moment.date
        default: nil
        }
    }

    private static func integers(_ values: [Value]) -> [Int]? {
        var result: [Int] = []
        for value in values {
            guard case .number(let number) = value, let integer = Numbers.integer(number) else { return nil }
            result.append(integer)
        }
        return result
    }

    private static func date(_ value: Value, _ call: Call) -> Value? {
        if case .string(let text) = value {
            return TemporalText.date(text).map(Value.date) ?? call.fail(.argument, "\(value) is no date")
        }
        return day(value).map(Value.date)
    }

    private static func time(_ value: Value, _ call: Call) -> Value? {
        switch value {
        case .string(let text):
            return TemporalText.time(text).map(Value.time) ?? call.fail(.argument, "\(value) is no time")
        case .time: return value
        case .dateAndTime(let moment): return .time(moment.time)
        case .date: return .time(.midnight(.utc))
        default: return nil
        }
    }

    private static func time(parts: [Value], _ call: Call) -> Value? {
        guard let whole = integers(Array(parts.prefix(3))), case .number(let second) = parts[2] else { return nil }
        var zone = Zone.none
        if parts.count > 3 {
            switch parts[3] {
            case .null: break
            case .daysAndTimeDuration(let offset):
                guard abs(offset.wholeSeconds) <= Int64(Zone.maximumOffset) else {
                    return call.fail(.argument, "an offset of more than 18 hours")
                }
                zone = .offset(Int32(offset.wholeSeconds))
            default: return nil
            }
        }
        let fraction = (second - second.rounded(scale: 0, mode: .down)) * Decimal128(1_000_000_000)
        return TimeOfDay(
            hour: whole[0],
            minute: whole[1],
            second: whole[2],
            nanosecond: Numbers.integer(fraction) ?? -1,
            zone: zone
        ).map(Value.time) ?? call.fail(.argument, "there is no such time")
    }

    private static func dateAndTime(_ value: Value, _ call: Call) -> Value? {
        switch value {
        case .string(let text):
            if let moment = TemporalText.dateAndTime(text) { return .dateAndTime(moment) }
            guard let date = TemporalText.date(text) else {
                return call.fail(.argument, "\(value) is no date and time")
            }
            return .dateAndTime(DateAndTime(date: date, time: .midnight()))
        case .dateAndTime: return value
        case .date(let date): return .dateAndTime(DateAndTime(date: date, time: .midnight(.utc)))
        default: return nil
        }
    }
}

extension CalendarDate {
    /// Whole months from this day to another, towards zero.
    func months(to other: CalendarDate) -> Int64 {
        let months = (Int64(other.year) - Int64(year)) * 12 + Int64(other.month) - Int64(month)
        if months > 0 && other.day < day { return months - 1 }
        if months < 0 && other.day > day { return months + 1 }
        return months
    }
}
