import IEEEDecimal

/// Computes the cases of the test files.
struct DecTestRunner {
    /// Why a case is not run.
    enum Skip: String, CaseIterable {
        /// An operand is the null reference, which no value stands for.
        case nullOperand = "null operand"
        /// The case is for another precision or other limits of the exponent.
        case otherFormat = "other format"
        /// A quiet copy of an encoding that is not canonical would have to keep its bits; values here are always canonical.
        case encodingKept = "non-canonical encoding kept"
    }

    private var context: DecimalContext
    private let test: DecTestCase
    private let values: [Decimal128]
    private let reading: DecimalStatus

    /// Reads the operands.
    init(_ test: DecTestCase) {
        self.test = test
        var reader = DecimalContext(rounding: test.rounding)
        values = test.operands.map { DecTestRunner.value($0, &reader) }
        reading = reader.status
        context = DecimalContext(rounding: test.rounding)
        guard ["apply", "tosci", "toeng"].contains(test.operation) else { return }
        context.status = reading
        if values[0].isSubnormal { context.status.insert(.subnormal) }
    }

    /// Why a case is not run; nil if it is.
    static func reasonToSkip(_ test: DecTestCase) -> Skip? {
        if test.operands.contains("#") { return .nullOperand }
        guard test.operation.hasPrefix("copy"), let first = test.operands.first, first.hasPrefix("#") else {
            return nil
        }
        var reader = DecimalContext()
        let canonical = encoding(value(first, &reader))
        return canonical == first.lowercased() ? nil : .encodingKept
    }

    /// Whether no operand has more digits than a value.
    static func readsExactly(_ test: DecTestCase) -> Bool {
        var reader = DecimalContext()
        for operand in test.operands where operand != "#" { _ = value(operand, &reader) }
        return !reader.status.contains(.rounded)
    }

    /// The text of the result and the conditions met; nil if the operation is not known.
    mutating func run() -> (result: String, status: DecimalStatus)? {
        guard let result = values.count == 1 ? unary() : values.count == 2 ? binary() : ternary() else { return nil }
        return (result, context.status)
    }

    /// Whether the conditions are those that the case demands.
    ///
    /// Reading an operand such as 1E+6144 clamps it, which the files count among the conditions of some operations.
    func isExpected(_ status: DecimalStatus) -> Bool {
        status == expectedStatus || status.union(reading.intersection(.clamped)) == expectedStatus
    }

    /// The conditions that the case demands; the file names several kinds of invalid operation.
    private var expectedStatus: DecimalStatus {
        var status: DecimalStatus = []
        for condition in test.conditions { status.formUnion(DecTestRunner.conditions[condition] ?? []) }
        return status
    }

    private static let conditions: [String: DecimalStatus] = [
        "invalid_operation": .invalidOperation, "conversion_syntax": .invalidOperation,
        "division_undefined": .invalidOperation, "division_impossible": .invalidOperation,
        "division_by_zero": .divisionByZero, "overflow": .overflow, "underflow": .underflow,
        "inexact": .inexact, "rounded": .rounded, "subnormal": .subnormal, "clamped": .clamped,
    ]

    private static func value(_ text: String, _ context: inout DecimalContext) -> Decimal128 {
        if text.hasPrefix("#"), let bits = UInt128(text.dropFirst(), radix: 16) {
            return Decimal128(denselyPackedBitPattern: bits)
        }
        var copy = text
        return copy.withUTF8 { Decimal128(utf8: $0, context: &context) } ?? .nan
    }

    private func text(_ value: Decimal128) -> String {
        test.result.hasPrefix("#") ? DecTestRunner.encoding(value) : value.description
    }

    private static func encoding(_ value: Decimal128) -> String {
        let digits = String(value.denselyPackedBitPattern, radix: 16)
        return "#" + String(repeating: "0", count: 32 - digits.count) + digits
    }

    private mutating func unary() -> String? {
        let value = values[0]
        switch test.operation {
        case "toeng": return value.engineeringDescription
        case "class": return value.numberClass.rawValue
        case "apply", "tosci", "copy", "canonical": return text(value)
        case "abs": return text(context.absolute(value))
        case "plus": return text(context.plus(value))
        case "minus": return text(context.minus(value))
        case "copyabs": return text(value.magnitude)
        case "copynegate": return text(-value)
        case "reduce": return text(context.reduce(value))
        case "tointegralx": return text(context.roundToIntegralExact(value))
        case "tointegral": return text(context.roundToIntegral(value))
        case "nextplus": return text(context.nextUp(value))
        case "nextminus": return text(context.nextDown(value))
        case "logb": return text(context.logB(value))
        case "invert": return text(context.logicalInvert(value))
        case "squareroot": return text(context.squareRoot(value))
        case "exp": return text(context.exp(value))
        case "ln": return text(context.ln(value))
        case "log10": return text(context.log10(value))
        default: return nil
        }
    }

    private mutating func binary() -> String? {
        let (left, right) = (values[0], values[1])
        switch test.operation {
        case "add": return text(context.add(left, right))
        case "subtract": return text(context.subtract(left, right))
        case "multiply": return text(context.multiply(left, right))
        case "divide": return text(context.divide(left, by: right))
        case "divideint": return text(context.divideInteger(left, by: right))
        case "remainder": return text(context.remainder(left, by: right))
        case "remaindernear": return text(context.remainderNear(left, by: right))
        case "quantize": return text(context.quantize(left, like: right))
        case "compare": return text(context.compare(left, right))
        case "comparesig": return text(context.compareSignaling(left, right))
        case "comparetotal": return text(Decimal128(left.totalOrder(right)))
        case "comparetotmag": return text(Decimal128(left.totalOrderOfMagnitudes(right)))
        case "samequantum": return left.hasSameQuantum(as: right) ? "1" : "0"
        case "copysign": return text(left.withSign(of: right))
        default: return lessUsualBinary(left, right)
        }
    }

    private mutating func lessUsualBinary(_ left: Decimal128, _ right: Decimal128) -> String? {
        switch test.operation {
        case "max": return text(context.maximum(left, right))
        case "min": return text(context.minimum(left, right))
        case "maxmag": return text(context.maximumMagnitude(left, right))
        case "minmag": return text(context.minimumMagnitude(left, right))
        case "nexttoward": return text(context.next(left, toward: right))
        case "scaleb": return text(context.scaleB(left, right))
        case "shift": return text(context.shift(left, by: right))
        case "rotate": return text(context.rotate(left, by: right))
        case "round": return text(left.rounded(scale: Int(exactly: right) ?? 0, mode: test.rounding))
        case "and": return text(context.logicalAnd(left, right))
        case "or": return text(context.logicalOr(left, right))
        case "xor": return text(context.logicalXor(left, right))
        case "power": return text(context.power(left, right))
        default: return nil
        }
    }

    private mutating func ternary() -> String? {
        guard test.operation == "fma", values.count == 3 else { return nil }
        return text(context.fusedMultiplyAdd(values[0], values[1], values[2]))
    }
}
