/// The text of a finite value, written into a buffer on the stack.
struct DecimalText {
    /// What every form but the plain one of a very large or small number fits in.
    static let usualCapacity = 64

    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    private let digits: DecimalDigits
    private let negative: Bool

    /// The string that `write` makes of the value.
    static func string(
        of value: Decimal128,
        capacity: Int = usualCapacity,
        _ write: (inout DecimalText) -> Void
    ) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var text = DecimalText(value, buffer)
            if text.negative { text.append(UInt8(ascii: "-")) }
            write(&text)
            return String(decoding: UnsafeBufferPointer(rebasing: buffer[..<text.count]), as: UTF8.self)
        }
    }

    private init(_ value: Decimal128, _ buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
        digits = DecimalDigits(value.coefficient)
        negative = value.isNegative
    }

    /// Writes the digits without an exponent, of which `exponent` is that of the last.
    mutating func plain(exponent: Int) {
        let whole = digits.count + exponent
        if exponent >= 0 {
            append(0..<digits.count)
            if !digits.isZero { append(zeros: exponent) }
        } else if whole > 0 {
            append(0..<whole)
            append(UInt8(ascii: "."))
            append(whole..<digits.count)
        } else {
            append(zeros: 1)
            append(UInt8(ascii: "."))
            append(zeros: -whole)
            append(0..<digits.count)
        }
    }

    /// Writes one digit before the point, and the exponent of that digit.
    mutating func scientific(exponent: Int) {
        append(0..<1)
        if digits.count > 1 {
            append(UInt8(ascii: "."))
            append(1..<digits.count)
        }
        append(exponent: exponent)
    }

    /// Writes one to three digits before the point, for an exponent that is a multiple of three; a zero shows as 0.00, 0.0 or 0.
    mutating func engineering(exponent: Int) {
        let places = ((exponent % 3) + 3) % 3
        let isShiftedZero = digits.isZero && places > 0
        let power = isShiftedZero ? exponent - places + 3 : exponent - places
        let whole = digits.isZero ? 1 : places + 1
        let missing = isShiftedZero ? 3 - places : max(0, whole - digits.count)
        append(0..<min(whole, digits.count))
        if !digits.isZero { append(zeros: missing) }
        if isShiftedZero || digits.count > whole { append(UInt8(ascii: ".")) }
        if isShiftedZero { append(zeros: missing) }
        if digits.count > whole { append(whole..<digits.count) }
        if power != 0 { append(exponent: power) }
    }

    private mutating func append(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    private mutating func append(_ range: Range<Int>) {
        for index in range { append(digits[index]) }
    }

    private mutating func append(zeros: Int) {
        for _ in 0..<zeros { append(UInt8(ascii: "0")) }
    }

    private mutating func append(exponent: Int) {
        append(UInt8(ascii: "E"))
        append(UInt8(ascii: exponent < 0 ? "-" : "+"))
        let magnitude = DecimalDigits(UInt128(exponent.magnitude))
        for index in 0..<magnitude.count { append(magnitude[index]) }
    }
}

/// The decimal digits of a coefficient in ASCII, the leading one first; one digit for zero.
private struct DecimalDigits {
    private static let capacity = 40
    private var bytes = InlineArray<40, UInt8>(repeating: UInt8(ascii: "0"))
    private(set) var count = 0

    init(_ value: UInt128) {
        var rest = value
        while rest >> 64 != 0 {
            let part = UInt256(rest).quotientAndRemainder(dividingBy: PowersOfTen.narrow(19))
            let end = count + 19
            write(part.remainder)
            count = end
            rest = part.quotient.low
        }
        write(UInt64(truncatingIfNeeded: rest))
        if count == 0 { count = 1 }
    }

    var isZero: Bool { count == 1 && self[0] == UInt8(ascii: "0") }

    subscript(index: Int) -> UInt8 { bytes[DecimalDigits.capacity - count + index] }

    /// Writes the digits of a word before those there are; leading zeros are left to the caller.
    private mutating func write(_ word: UInt64) {
        var rest = word
        while rest != 0 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            count += 1
            bytes[DecimalDigits.capacity - count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
    }
}
