/// A value of the expression language in two words that are copied without counting references.
///
/// Scalars stand in the words themselves. What is larger stands in the ``PackedMemory`` that the value was made in, and
/// is valid until that memory begins its next evaluation. Only what decisions are mostly made of has a form: numbers have a
/// coefficient of 63 bits, and there are no times, ranges or functions.
@frozen
package struct PackedValue: BitwiseCopyable, Sendable {
    /// What a value is and how its payload is read.
    package enum Kind: UInt8, Sendable {
        case null
        /// 0 or 1.
        case boolean
        /// A coefficient; the detail is the exponent.
        case number
        /// The number of a text that the program knows; the detail is its length in UTF-8.
        case symbol
        /// The place of a text that is none of the program's; the detail is its length.
        case bytes
        /// The place of two texts to be read one after the other; the detail is their length.
        case rope
        /// A number to be read as a text: a coefficient; the detail is the exponent.
        case numeral
        /// Place and size of elements; the detail is their count.
        case list
        /// Place and size of values; the detail is the shape.
        case context
        /// Days since 1970.
        case date
        /// A date and time in UTC: microseconds since 1970.
        case moment
        /// A length in nanoseconds.
        case duration
    }

    /// What the kind says.
    package let payload: Int64
    /// The kind, the depth of nesting and the detail.
    let meta: UInt64

    @inline(__always)
    init(_ kind: Kind, _ payload: Int64, detail: Int = 0, depth: Int = 0) {
        self.payload = payload
        meta =
            UInt64(kind.rawValue) | UInt64(truncatingIfNeeded: depth & 0xFFFF) << 8
            | UInt64(truncatingIfNeeded: detail) << 32
    }

    /// Null.
    package static var null: PackedValue {
        @inline(__always) get { PackedValue(.null, 0) }
    }

    @inline(__always)
    package init(_ value: Bool) { self.init(.boolean, value ? 1 : 0) }

    /// A date and time in UTC, in microseconds since 1970.
    package static func moment(microseconds: Int64) -> PackedValue { PackedValue(.moment, microseconds) }

    /// What the value is.
    package var kind: Kind {
        // Every value was made with a kind.
        @inline(__always) get { unsafeBitCast(UInt8(truncatingIfNeeded: meta), to: Kind.self) }
    }

    /// What the kind says.
    package var detail: Int {
        @inline(__always) get { Int(Int32(truncatingIfNeeded: meta >> 32)) }
    }

    /// How deeply lists and contexts nest in it.
    var depth: Int {
        @inline(__always) get { Int(meta >> 8 & 0xFFFF) }
    }

    /// Where the parts of a list, a context or a rope stand.
    package var place: Int {
        @inline(__always) get { Int(payload & 0xFFFF_FFFF) }
    }

    /// How many values there are in this one; see ``Value/size``.
    var size: Int {
        @inline(__always) get {
            switch kind {
            case .list, .context: Int(payload >> 32)
            case .symbol, .bytes, .rope: 1 + detail >> 4
            default: 1
            }
        }
    }

    /// Whether this is null.
    package var isNull: Bool {
        @inline(__always) get { UInt8(truncatingIfNeeded: meta) == Kind.null.rawValue }
    }

    /// Whether this is true.
    var isTrue: Bool {
        @inline(__always) get { kind == .boolean && payload != 0 }
    }

    /// Whether this is a text.
    var isText: Bool {
        @inline(__always) get {
            switch kind {
            case .symbol, .bytes, .rope, .numeral: true
            default: false
            }
        }
    }
}

/// Why a packed evaluation gave up: something happened that only the interpreter handles, such as an error, a number of more
/// than 18 digits or more work than was expected.
///
/// It says nothing about the answer. Whoever catches it evaluates the decision in the ordinary way.
package struct PackedBailout: Error, CustomStringConvertible {
    package init() {}

    package var description: String { "the interpreter must evaluate this" }
}

/// Why logic has no packed form.
package struct PackedRefusal: Error, CustomStringConvertible {
    /// What there is no form for.
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { "there is no packed form of \(reason)" }
}
