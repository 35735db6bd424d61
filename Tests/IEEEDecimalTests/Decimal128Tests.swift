import Foundation
import IEEEDecimal
import Testing

@Suite
struct Decimal128Tests {
    private func value(_ text: String) throws -> Decimal128 {
        try #require(Decimal128(text), "\(text)")
    }

    @Test(arguments: [
        ("1.10", "2.205", "3.305"), ("0.1", "0.2", "0.3"), ("1", "-1", "0"), ("-0", "-0", "-0"), ("1.00", "-1", "0.00"),
        ("1E+30", "1E-30", "1000000000000000000000000000000.000"),
        ("9999999999999999999999999999999999", "1", "1.000000000000000000000000000000000E+34"),
        ("Infinity", "-Infinity", "NaN"), ("Infinity", "1", "Infinity"),
    ])
    func adds(left: String, right: String, sum: String) throws {
        #expect(try (value(left) + value(right)).description == sum)
    }

    @Test(arguments: [
        ("1", "3", "0.3333333333333333333333333333333333"), ("2", "3", "0.6666666666666666666666666666666667"),
        ("10.00", "4", "2.50"), ("1", "0", "Infinity"), ("-1", "0", "-Infinity"), ("0", "0", "NaN"), ("6", "2", "3"),
    ])
    func divides(left: String, right: String, quotient: String) throws {
        #expect(try (value(left) / value(right)).description == quotient)
    }

    @Test(arguments: [
        ("1200", "1200", "1200"), ("1.2E+3", "1.2E+3", "1200"), ("15E-8", "1.5E-7", "0.00000015"),
        ("-0.00", "-0.00", "-0.00"), ("0E+3", "0E+3", "0"), ("inf", "Infinity", "Infinity"),
        ("snan12", "sNaN12", "sNaN12"),
        (".5", "0.5", "0.5"), ("5.", "5", "5"), ("+007", "7", "7"), ("1e5", "1E+5", "100000"),
        ("1E+99999999999999999999", "Infinity", "Infinity"), ("1E-99999999999999999999", "0E-6176", nil),
        ("12345678901234567890123456789012345", "1.234567890123456789012345678901234E+34", nil),
        ("12345678901234567890123456789012335.0000000000000000001", "1.234567890123456789012345678901234E+34", nil),
    ])
    func readsAndPrints(text: String, scientific: String, plain: String?) throws {
        let number = try value(text)
        #expect(number.description == scientific)
        if let plain { #expect(number.plainDescription == plain) }
    }

    @Test(arguments: [
        "", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", " 1", "1 ", "1_000", "1,5", "--1", "0x10", "nan-1", "infinit",
        "١",
        ".NaN", "1e5.0", "NaN1111111111222222222233333333334444",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(Decimal128(text) == nil)
        #expect(Decimal128(text[...]) == nil)
    }

    @Test
    func keepsExponentsButComparesNumbers() throws {
        let (short, long) = try (value("1.0"), value("1.00"))
        #expect(short == long && short.description != long.description)
        #expect(short.totalOrder(long) == 1 && !short.hasSameQuantum(as: long))
        #expect(Set([short, long]).count == 1)
    }

    @Test
    func convertsIntegers() throws {
        #expect(Decimal128(Int.min).description == "-9223372036854775808")
        #expect(Int(exactly: Decimal128(Int.min)) == Int.min)
        #expect(Int(exactly: Decimal128(Int.max) + 1) == nil)
        #expect(Int(exactly: try value("2.50")) == nil)
        #expect(Int(truncating: try value("-2.50")) == -2)
        #expect(Int(exactly: try value("1E+3")) == 1000)
        #expect(Int(truncating: try value("1E+19")) == nil)
        #expect(Int(truncating: try value("1E-6176")) == 0)
        #expect(Int(exactly: try value("0E+6111")) == 0)
        #expect(Int(truncating: Decimal128.infinity) == nil && Int(exactly: Decimal128.nan) == nil)
        #expect(Decimal128(exactly: UInt128.max) == nil && Decimal128(exactly: -7 as Int8) == -7)
    }

    @Test
    func convertsBinaryNumbers() throws {
        #expect(Decimal128(0.1).description == "0.1" && Decimal128(3.0).description == "3")
        #expect(Decimal128(exactly: 0.1) == nil, "55 digits")
        #expect(Decimal128(exactly: 0.375)?.description == "0.375" && Decimal128(exactly: -0.0)?.description == "-0")
        #expect(Decimal128(exactly: Double.leastNonzeroMagnitude) == nil && Decimal128(exactly: Double.infinity) == nil)
        #expect(Decimal128(exactly: 1e22) == Decimal128("1E+22"))
        #expect(Double(try value("0.1")) == 0.1)
        #expect(Double(try value("-4.9406564584124654E-324")) == -Double.leastNonzeroMagnitude)
        #expect(Double(try value("1E+400")) == .infinity)
        #expect(Double(Decimal128.nan).isNaN)
        #expect(Double(try value("123456789012345678901234567890E-10")) == 12345678901234567890.123456789)
    }

    @Test(arguments: [
        (DecimalRounding.halfEven, "2.2", "-2.2", "2.4"), (.halfUp, "2.3", "-2.3", "2.4"),
        (.halfDown, "2.2", "-2.2", "2.3"),
        (.up, "2.3", "-2.3", "2.4"), (.down, "2.2", "-2.2", "2.3"), (.ceiling, "2.3", "-2.2", "2.4"),
        (.floor, "2.2", "-2.3", "2.3"),
    ])
    func roundsTies(mode: DecimalRounding, positive: String, negative: String, odd: String) throws {
        #expect(try value("2.25").rounded(scale: 1, mode: mode).description == positive)
        #expect(try value("-2.25").rounded(scale: 1, mode: mode).description == negative)
        #expect(try value("2.35").rounded(scale: 1, mode: mode).description == odd)
    }

    @Test
    func roundsToAnyScale() throws {
        #expect(try value("1234.5").rounded(scale: -2).description == "1.2E+3")
        #expect(try value("1.5").rounded(scale: 5).description == "1.5")
        #expect(try value("1.5").rounded(scale: .min).isZero)
        #expect(try value("1.5").rounded(scale: .max).description == "1.5")
        #expect(try value("-1.5").floor() == -2)
        #expect(try value("-1.5").ceiling() == -1)
        #expect(try value("1.25").ceiling(scale: 1).description == "1.3")
        #expect(try value("1.5").quantized(to: -3).description == "1.500")
        #expect(try value("1E+40").quantized(to: 0).isNaN)
        #expect(Decimal128.one.quantized(to: .max).isNaN)
        #expect(try value("120.00").reduced.description == "1.2E+2")
        #expect(try value("120.50").withoutTrailingFractionZeros.description == "120.5")
        #expect(try value("120.00").withoutTrailingFractionZeros.description == "120")
    }

    @Test
    func countsNothingAsEqualToNaN() {
        let nan = Decimal128.nan
        #expect(nan != nan && !(nan < nan) && !(nan >= nan))
    }

    @Test
    func makesNonCanonicalBitsCanonical() {
        let tooManyDigits = Decimal128.one.bitPattern | ((1 << 113) - 1)
        #expect(Decimal128(bitPattern: tooManyDigits).isZero)
        let wideForm = (UInt128(0b11) << 125) | (6176 << 111) | 1
        #expect(Decimal128(bitPattern: wideForm).description == "0")
        #expect(
            Decimal128(bitPattern: Decimal128.infinity.bitPattern | 77).bitPattern == Decimal128.infinity.bitPattern
        )
        #expect(Decimal128(bitPattern: Decimal128.nan.bitPattern | ((1 << 110) - 1)).description == "NaN")
        #expect(MemoryLayout<Decimal128>.size == 16)
    }

    @Test
    func codesAsText() throws {
        let numbers = try [value("1.10"), value("-1E+400")]
        let data = try JSONEncoder().encode(numbers)
        #expect(String(decoding: data, as: UTF8.self) == #"["1.10","-1E+400"]"#)
        let decoded = try JSONDecoder().decode([Decimal128].self, from: data)
        #expect(decoded.map(\.bitPattern) == numbers.map(\.bitPattern))
        #expect(try JSONDecoder().decode([Decimal128].self, from: Data("[5]".utf8)) == [5])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Decimal128].self, from: Data(#"["x"]"#.utf8)) }
    }

    @Test
    func reportsConditions() throws {
        var context = DecimalContext()
        #expect(context.divide(1, by: 3).description.hasPrefix("0.333") && context.status == [.inexact, .rounded])
        context.status = []
        #expect(context.divide(1, by: 0) == .infinity && context.status == .divisionByZero)
        context.status = []
        #expect(context.multiply(.greatestFiniteMagnitude, 10) == .infinity)
        #expect(context.status == [.overflow, .inexact, .rounded])
        context = DecimalContext(rounding: .down)
        #expect(context.multiply(.greatestFiniteMagnitude, 10) == .greatestFiniteMagnitude)
        context.status = []
        #expect(context.divide(.leastNonzeroMagnitude, by: 3).isZero && context.status.contains(.underflow))
    }
}
