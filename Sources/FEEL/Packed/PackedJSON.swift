/// Reads values from JSON (RFC 8259) straight into a memory.
extension PackedMemory {
    /// The value of a JSON text with optional white space around it: objects are contexts, arrays lists.
    ///
    /// Bails out for what is not JSON, and for rare things that are: numbers with an exponent or of more than 18 digits,
    /// escapes of Unicode, names that are not in ASCII or stand twice, nesting over 60 levels. Costs one pass.
    package func value(json bytes: UnsafeBufferPointer<UInt8>) throws(PackedBailout) -> PackedValue {
        guard let start = bytes.baseAddress else { throw PackedBailout() }
        var reader = PackedReader(start: start, count: bytes.count, memory: self)
        return try reader.whole()
    }
}

/// The cursor over one JSON text.
private struct PackedReader {
    private let start: UnsafePointer<UInt8>
    private let count: Int
    private let memory: PackedMemory
    private var index = 0

    private static let maximumDepth = 60
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    init(start: UnsafePointer<UInt8>, count: Int, memory: PackedMemory) {
        self.start = start
        self.count = count
        self.memory = memory
    }

    /// The byte under the cursor, or 0 at the end.
    @inline(__always)
    private var current: UInt8 { index < count ? start[index] : 0 }

    @inline(__always)
    private mutating func skipSpace() {
        while index < count, start[index] <= 0x20 {
            guard start[index] == 0x20 || start[index] == 0x0A || start[index] == 0x0D || start[index] == 0x09 else {
                return
            }
            index += 1
        }
    }

    mutating func whole() throws(PackedBailout) -> PackedValue {
        skipSpace()
        let result = try value(0)
        skipSpace()
        guard index == count else { throw PackedBailout() }
        return result
    }

    private mutating func value(_ depth: Int) throws(PackedBailout) -> PackedValue {
        switch current {
        case UInt8(ascii: "{"): return try object(depth + 1)
        case UInt8(ascii: "["): return try array(depth + 1)
        case Self.quote: return try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", PackedValue(true))
        case UInt8(ascii: "f"): return try literal("false", PackedValue(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw PackedBailout()
        }
    }

    private mutating func literal(_ word: StaticString, _ value: PackedValue) throws(PackedBailout) -> PackedValue {
        guard index + word.utf8CodeUnitCount <= count else { throw PackedBailout() }
        for offset in 0..<word.utf8CodeUnitCount where start[index + offset] != word.utf8Start[offset] {
            throw PackedBailout()
        }
        index += word.utf8CodeUnitCount
        return value
    }

    // MARK: Structures

    private mutating func object(_ depth: Int) throws(PackedBailout) -> PackedValue {
        guard depth <= Self.maximumDepth else { throw PackedBailout() }
        index += 1
        skipSpace()
        let base = memory.waiting
        defer { memory.waiting = base }
        var shape = 0
        if current == UInt8(ascii: "}") {
            index += 1
            return try memory.context(shape, at: 0, count: 0)
        }
        while true {
            skipSpace()
            shape = try key(shape)
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw PackedBailout() }
            index += 1
            skipSpace()
            try memory.wait(value(depth))
            skipSpace()
            if current == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard current == UInt8(ascii: "}") else { throw PackedBailout() }
            index += 1
            let (place, count) = try memory.settle(base)
            return try memory.context(shape, at: place, count: count)
        }
    }

    private mutating func array(_ depth: Int) throws(PackedBailout) -> PackedValue {
        guard depth <= Self.maximumDepth else { throw PackedBailout() }
        index += 1
        skipSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return try memory.list(at: 0, count: 0)
        }
        let base = memory.waiting
        defer { memory.waiting = base }
        while true {
            skipSpace()
            try memory.wait(value(depth))
            skipSpace()
            if current == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard current == UInt8(ascii: "]") else { throw PackedBailout() }
            index += 1
            let (place, count) = try memory.settle(base)
            return try memory.list(at: place, count: count)
        }
    }

    /// Reads a name and adds it to a shape.
    @inline(__always)
    private mutating func key(_ shape: Int) throws(PackedBailout) -> Int {
        guard current == Self.quote else { throw PackedBailout() }
        index += 1
        if let (length, next) = memory.shapes.addingLast(to: shape, at: start + index, left: count - index) {
            index += length + 1
            return next
        }
        return try otherKey(shape)
    }

    @inline(never)
    private mutating func otherKey(_ shape: Int) throws(PackedBailout) -> Int {
        let begin = index
        while true {
            let byte = current
            guard byte >= 0x20, byte < 0x80, byte != Self.backslash else { throw PackedBailout() }
            if byte == Self.quote { break }
            index += 1
        }
        let name = UnsafeBufferPointer(start: start + begin, count: index - begin)
        index += 1
        return try memory.shapes.adding(name, to: shape)
    }

    // MARK: Scalars

    private mutating func string() throws(PackedBailout) -> PackedValue {
        index += 1
        let begin = index
        var isASCII = true
        while true {
            skipPlain()
            let byte = current
            switch byte {
            case Self.quote:
                let text = UnsafeBufferPointer(start: start + begin, count: index - begin)
                guard isASCII || String(validating: text, as: UTF8.self) != nil else { throw PackedBailout() }
                index += 1
                return try memory.string(text)
            case Self.backslash: return try escapedString(begin)
            case 0..<0x20: throw PackedBailout()
            default:
                if byte >= 0x80 { isASCII = false }
                index += 1
            }
        }
    }

    /// Skips eight bytes at a time as long as none of them is a quote, a backslash, a control character or beyond ASCII.
    @inline(__always)
    private mutating func skipPlain() {
        let raw = UnsafeRawPointer(start)
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        while index + 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = word ^ (ones &* UInt64(Self.quote))
            let backslashes = word ^ (ones &* UInt64(Self.backslash))
            // A byte below a bound borrows from its highest bit; a byte beyond ASCII has it set.
            let found =
                (quotes &- ones) | (backslashes &- ones) | (word &- ones &* 0x20) | word
            if found & highs != 0 { return }
            index += 8
        }
    }

    private mutating func escapedString(_ begin: Int) throws(PackedBailout) -> PackedValue {
        var text = Array(UnsafeBufferPointer(start: start + begin, count: index - begin))
        while true {
            let byte = current
            guard byte >= 0x20 else { throw PackedBailout() }
            index += 1
            if byte == Self.quote { break }
            guard byte == Self.backslash else {
                text.append(byte)
                continue
            }
            switch current {
            case Self.quote, Self.backslash, UInt8(ascii: "/"): text.append(current)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            default: throw PackedBailout()
            }
            index += 1
        }
        guard String(validating: text, as: UTF8.self) != nil else { throw PackedBailout() }
        let result = text.withUnsafeBufferPointer { bytes in
            Result { () throws(PackedBailout) in try memory.string(bytes) }
        }
        return try result.get()
    }

    private mutating func number() throws(PackedBailout) -> PackedValue {
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var coefficient: Int64 = 0
        let begin = index
        digits(&coefficient)
        let whole = index - begin
        guard whole > 0, whole == 1 || start[begin] != UInt8(ascii: "0") else { throw PackedBailout() }
        var fraction = 0
        if current == UInt8(ascii: ".") {
            index += 1
            let point = index
            digits(&coefficient)
            fraction = index - point
            guard fraction > 0 else { throw PackedBailout() }
        }
        // More digits would not fit; an exponent, or negative zero, is for others to read.
        guard whole + fraction <= 18, current | 0x20 != UInt8(ascii: "e"), coefficient != 0 || !isNegative else {
            throw PackedBailout()
        }
        return PackedValue(.number, isNegative ? -coefficient : coefficient, detail: -fraction)
    }

    @inline(__always)
    private mutating func digits(_ coefficient: inout Int64) {
        while true {
            let digit = current &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            coefficient = coefficient &* 10 &+ Int64(digit)
            index += 1
        }
    }
}
