import IEEEDecimal

extension Value {
    /// Reads the text of one scalar value as files and command lines give it; nil when it is none of the type.
    ///
    /// Numbers are as in expressions, with a sign and an exponent; dates, times and durations in their XML Schema or
    /// FEEL form; strings are taken as they are. For `Any` the text is a string; other types have no text.
    public init?(parsing text: String, as type: FEELType) {
        switch type {
        case .string, .any: self = .string(text)
        case .number:
            guard let number = Decimal128(text), number.isFinite else { return nil }
            self = .number(number)
        case .boolean:
            guard let boolean = ["true": true, "1": true, "false": false, "0": false][text] else { return nil }
            self = .boolean(boolean)
        default:
            guard let value = Self.temporal(text, as: type) else { return nil }
            self = value
        }
    }

    private static func temporal(_ text: String, as type: FEELType) -> Value? {
        switch type {
        case .date: TemporalText.date(text).map(Value.date)
        case .time: TemporalText.time(text).map(Value.time)
        case .dateAndTime:
            TemporalText.dateAndTime(text).map(Value.dateAndTime)
                ?? TemporalText.date(text).map { .dateAndTime(DateAndTime(date: $0, time: .midnight())) }
        case .yearsAndMonthsDuration: TemporalText.yearsAndMonths(text).map(Value.yearsAndMonthsDuration)
        case .daysAndTimeDuration: TemporalText.daysAndTime(text).map(Value.daysAndTimeDuration)
        default: nil
        }
    }

    /// Reads a date, time, date and time or duration of whichever form the text has, as after `@` in expressions.
    public init?(temporal text: String) {
        guard let value = TemporalText.value(text) else { return nil }
        self = value
    }
}
