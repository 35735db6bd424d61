extension Decimal128: LosslessStringConvertible, ExpressibleByIntegerLiteral {
    /// The number that `text` writes, or nil if it writes none.
    ///
    /// The syntax is that of the General Decimal Arithmetic Specification: an optional sign; digits with an optional point,
    /// then an optional exponent (`E` and a signed integer); or `Infinity`, `Inf`, `NaN`, `sNaN`, the last two with an
    /// optional payload of digits; letters in either case. No white space. More than 34 digits are rounded half to even;
    /// otherwise the text's exponent is kept. Takes text of any length, in one pass; native strings are not copied.
    public init?(_ text: some StringProtocol) {
        let direct = text.utf8.withContiguousStorageIfAvailable { Decimal128(utf8: $0) }
        if let direct {
            guard let direct else { return nil }
            self = direct
        } else {
            var copy = String(text)
            self.init(contiguous: &copy)
        }
    }

    /// The number that `description` writes, or nil if it writes none; see the generic form for the syntax.
    public init?(_ description: String) {
        var copy = description
        self.init(contiguous: &copy)
    }

    /// The number that the bytes write in ASCII, or nil if they write none.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var context = DecimalContext()
        self.init(utf8: bytes, context: &context)
    }

    /// The number that the bytes write in ASCII, or nil if they write none.
    public init?(utf8 bytes: Span<UInt8>) {
        guard let value = bytes.withUnsafeBufferPointer({ Decimal128(utf8: $0) }) else { return nil }
        self = value
    }

    /// The number that the bytes write, rounded as the context says.
    ///
    /// - Returns: nil, with ``DecimalStatus/invalidOperation``, if they write none.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>, context: inout DecimalContext) {
        var scanner = DecimalScanner(bytes)
        guard let value = scanner.scan(&context) else {
            context.status.insert(.invalidOperation)
            return nil
        }
        self = value
    }

    private init?(contiguous text: inout String) {
        guard let value = text.withUTF8({ Decimal128(utf8: $0) }) else { return nil }
        self = value
    }

    /// The integer of a literal.
    @inlinable
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

/// Reads one number from ASCII bytes.
private struct DecimalScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var negative = false
    private var coefficient: UInt128 = 0
    private var digits = 0
    private var exponent = 0
    private var more = false
    private var hasDigits = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The number that all the bytes write; nil if they write none.
    mutating func scan(_ context: inout DecimalContext) -> Decimal128? {
        guard let first = current else { return nil }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            negative = first == UInt8(ascii: "-")
            position += 1
        }
        if let next = current, next | 0x20 >= UInt8(ascii: "a") { return scanSpecial() }
        scanDigits(afterPoint: false)
        if current == UInt8(ascii: ".") {
            position += 1
            scanDigits(afterPoint: true)
        }
        guard hasDigits, scanExponent(), position == bytes.count else { return nil }
        return context.finish(
            negative: negative,
            coefficient: UInt256(coefficient),
            exponent: min(max(exponent, -1_000_000), 1_000_000),
            more: more
        )
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func scanDigits(afterPoint: Bool) {
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit > 9 { return }
            position += 1
            hasDigits = true
            if digits < 37 {
                // 37 digits tell how to round to 34; leading zeros do not count.
                coefficient = coefficient &* 10 &+ UInt128(truncatingIfNeeded: digit)
                if coefficient != 0 { digits += 1 }
                if afterPoint { exponent -= 1 }
            } else {
                if digit != 0 { more = true }
                if !afterPoint { exponent += 1 }
            }
        }
    }

    /// Reads an exponent if one follows; false if it has no digits or something else follows.
    private mutating func scanExponent() -> Bool {
        guard let letter = current else { return true }
        guard letter | 0x20 == UInt8(ascii: "e") else { return false }
        position += 1
        let isNegative = current == UInt8(ascii: "-")
        if isNegative || current == UInt8(ascii: "+") { position += 1 }
        let start = position
        var value = 0
        while let byte = current, byte &- UInt8(ascii: "0") <= 9 {
            // Far beyond any length of text, and far below what would overflow.
            value = min(value * 10 + Int(byte &- UInt8(ascii: "0")), 1 << 50)
            position += 1
        }
        exponent += isNegative ? -value : value
        return position > start
    }

    private mutating func scanSpecial() -> Decimal128? {
        if skip("infinity") || skip("inf") {
            return position == bytes.count ? signed(.infinity) : nil
        }
        let signals = skip("snan")
        guard signals || skip("nan") else { return nil }
        scanDigits(afterPoint: false)
        guard position == bytes.count, !more, coefficient < Decimal128.payloadLimit else { return nil }
        let nan: Decimal128 = signals ? .signalingNaN : .nan
        return signed(Decimal128(canonical: nan.bitPattern | coefficient))
    }

    private func signed(_ value: Decimal128) -> Decimal128 {
        negative ? -value : value
    }

    /// Passes over `word`, which is in lower case, if it comes next in either case.
    private mutating func skip(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for index in 0..<count where bytes[position + index] | 0x20 != word.utf8Start[index] { return false }
        position += count
        return true
    }
}
