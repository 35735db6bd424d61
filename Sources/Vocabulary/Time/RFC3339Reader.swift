/// Reads the parts of a time from its bytes.
struct RFC3339Reader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func read() -> Int64? {
        guard let year = digits(4), consume("-"), let month = digits(2), consume("-"), let day = digits(2),
            let days = CivilDate.days(year: year, month: month, day: day)
        else { return nil }
        let midnight = days * 86_400_000_000
        if position == bytes.count { return midnight }
        guard consume("T") || consume("t") || consume(" "), let hour = digits(2), hour < 24, consume(":"),
            let minute = digits(2), minute < 60, consume(":"), let second = digits(2), second < 60,
            let fraction = fraction(), let offset = offset(), position == bytes.count
        else { return nil }
        return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + fraction
    }

    private mutating func consume(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int64? {
        guard position + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += count
        return value
    }

    private mutating func fraction() -> Int64? {
        guard consume(".") else { return 0 }
        var (value, count): (Int64, Int) = (0, 0)
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if count < 6 { value = value * 10 + Int64(bytes[position] - 48) }
            count += 1
            position += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in count..<max(count, 6) { value *= 10 }
        return value
    }

    /// The offset from UTC in minutes.
    private mutating func offset() -> Int64? {
        if consume("Z") || consume("z") { return 0 }
        let sign: Int64
        if consume("+") { sign = 1 } else if consume("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours < 24, consume(":"), let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
