import FEEL
import Policies
import Testing
import Vocabulary

/// JSON that is read straight into packed values gives the values that the parser gives, or none.
@Suite struct PackedJSONTests {
    private let memory = PackedMemory()

    /// The value in the language, read the quick way; nil when that bailed out.
    private func packed(_ text: [UInt8]) -> String? {
        text.withUnsafeBufferPointer { bytes in
            memory.begin()
            guard let value = try? memory.value(json: bytes) else { return nil }
            return memory.value(value).description
        }
    }

    /// The value in the language, read by the parser.
    private static func parsed(_ text: [UInt8]) -> String? {
        (try? JSON(parsing: text)).map { PolicyValue.value($0).description }
    }

    @Test(arguments: [
        "{}", "[]", " { \"a\" : [ 1 , 2.50 , -3 ] ,\t\"b\":{\"c\":null}}\r\n", "true", "false", "null", "0", "0.00",
        "-1.5",
        "123456789012345678", "\"\"", "\"Größe\"", "\"a \\\"b\\\" \\\\ \\/ \\n\\t\\r\\b\\f\"",
        "\"longer than eight bytes\"",
        "[[[[]]],{},\"x\",{\"a\":{\"a\":{\"a\":1}}}]", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":1,\"a\":2}",
        "\"exactly8\"", "\"seven77\"", "[\"eight888\",\"nine99999\"]", "{\"a_name_of_many_letters\":\"v\"}",
    ])
    func `plain JSON is read`(_ text: String) {
        for _ in 0..<2 { #expect(packed(Array(text.utf8)) == Self.parsed(Array(text.utf8))) }
        #expect(packed(Array(text.utf8)) != nil)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
        "{\"a\" 1}", "tru",
        "nul", "falsey", "01", "-", "1.", ".5", "+1", "1e5", "1E5", "-0", "0x1", "1 2", "\"a", "\"\u{1}\"", "\"\\x\"",
        "\"\\u0041\"",
        "\"\\", "{\"a\":1,\"a\":2}", "{\"ä\":1}", "{\"\\n\":1}", "1234567890123456789", "[1}", "{\"a\":1]", "\"a\tb\"",
        "{\"a\":1}x", "[,1]",
    ])
    func `what is wrong or rare is left to the parser`(_ text: String) {
        #expect(packed(Array(text.utf8)) == nil)
    }

    @Test func `text that is not valid is left to the parser`() {
        let texts: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xC3, 0x22], [0xEF, 0xBB, 0xBF, 0x31],
        ]
        for text in texts { #expect(packed(text) == nil) }
    }

    @Test func `deep and long values are left to the parser`() {
        let deep = String(repeating: "[", count: 61) + String(repeating: "]", count: 61)
        #expect(packed(Array(deep.utf8)) == nil)
        let long = "[" + (0..<5_000).map { "\($0)" }.joined(separator: ",") + "]"
        #expect(packed(Array(long.utf8)) == nil)
        #expect(packed(Array("[1]".utf8)) == "[1]")
    }

    @Test func `random JSON, whole and damaged, is read as the parser reads it or not at all`() {
        var generator = SeededBytes(seed: 4)
        var (read, refused) = (0, 0)
        for _ in 0..<3_000 {
            var text: [UInt8] = []
            generator.append(to: &text, depth: 0)
            if generator.next(3) == 0, !text.isEmpty {
                let place = generator.next(text.count)
                switch generator.next(3) {
                case 0: text.remove(at: place)
                case 1: text.insert(UInt8(generator.next(256)), at: place)
                default: text[place] = UInt8(generator.next(256))
                }
            }
            guard let value = packed(text) else {
                refused += 1
                continue
            }
            read += 1
            #expect(value == Self.parsed(text), "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(read > 1_500 && refused > 100, "the property would prove little otherwise")
    }
}

/// Makes JSON of few names and texts, so that forms are met again.
private struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number from 0 to below a bound.
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func append(to text: inout [UInt8], depth: Int) {
        switch next(depth > 3 ? 5 : 9) {
        case 0: text += Array(["true", "false", "null"][next(3)].utf8)
        case 1, 2: text += Array(["0", "1", "-7", "2.50", "0.001", "10.00", "123456789", "1e3"][next(8)].utf8)
        case 3, 4:
            let texts = [
                "\"\"", "\"refund\"", "\"late_delivery\"", "\"Müller\"", "\"a\\nb\"", "\"o-4711-and-more\"",
                "\"\\u00e4\"",
            ]
            text += Array(texts[next(7)].utf8)
        case 5, 6:
            text += Array("[".utf8)
            let count = next(4)
            for index in 0..<count {
                if index > 0 { text += Array(next(2) == 0 ? ",".utf8 : " , ".utf8) }
                append(to: &text, depth: depth + 1)
            }
            text += Array("]".utf8)
        default:
            text += Array("{".utf8)
            let names = ["a", "amount", "reference", "customer_known"]
            let first = next(4)
            let count = next(4)
            for index in 0..<count {
                if index > 0 { text += Array(",".utf8) }
                text += Array("\"\(names[(first + index) % 4])\":".utf8)
                append(to: &text, depth: depth + 1)
            }
            text += Array("}".utf8)
        }
    }
}
