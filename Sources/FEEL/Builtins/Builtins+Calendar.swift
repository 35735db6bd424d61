extension Builtins {
    static let calendar: [Builtin] = [
        dayFunction("day of year") { .number($0.dayOfYear) },
        dayFunction("day of week") { .string(weekdays[$0.weekday - 1]) },
        dayFunction("month of year") { .string(months[Int($0.month) - 1]) },
        dayFunction("week of year") { .number($0.weekOfYear) },
        Builtin("now", isPure: false, [.init([:]) { _, call in .dateAndTime(call.evaluation.now) }]),
        Builtin("today", isPure: false, [.init([:]) { _, call in .date(call.evaluation.now.date) }]),
    ]

    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func dayFunction(_ name: String, _ compute: @escaping @Sendable (CalendarDate) -> Value) -> Builtin {
        Builtin(name, [.init(["date": .any]) { arguments, _ in day(arguments[0]).map(compute) }])
    }
}
