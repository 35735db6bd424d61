import Foundation
import Testing
import Vocabulary

@Suite struct JSONValueTests {
    @Test(arguments: [
        (#" { "b" : [ 1 , 2.50 , null ] , "a" : "x\ny" } "#, #"{"b":[1,2.50,null],"a":"x\ny"}"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#"["\u0000\u001f\"\\\/\b\f\n\r\t"]"#, #"["\u0000\u001f\"\\/\b\f\n\r\t"]"#),
        (#""\ud83d\ude00 \u00e9""#, "\"😀 é\""),
        ("-0.00e-10", "-0.00e-10"),
        ("\t\n\r [] ", "[]"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.10"),
    ])
    func writesWhatItReadWithoutSpace(text: String, expected: String) throws {
        #expect(try JSON(parsing: text).description == expected)
    }

    @Test(arguments: [#""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\u0041""#])
    func readsHalfASurrogatePairAsReplacement(text: String) throws {
        let value = try #require(try JSON(parsing: text).string)
        #expect(value.unicodeScalars.first == "\u{FFFD}")
    }

    @Test(arguments: [
        ("{\"a\":}", 5), ("[1,]", 3), ("[1 2]", 3), ("tru", 3), ("01", 1), ("\"a\u{1}\"", 2), ("{\"a\" 1}", 5), ("", 0),
        ("1 1", 2), ("\"\\x\"", 2), ("[\"\\u12g4\"]", 6), ("-", 1), ("1.", 2), ("1e+", 3), ("\u{FEFF}1", 0),
    ])
    func saysWhereTheFaultIs(text: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
        #expect(error?.offset == offset)
        #expect(error?.code == .syntax)
    }

    @Test func refusesNestingOverTheLimit() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSON(parsing: deepest).array?.count == 1)
        for bomb in [
            "[" + deepest + "]", String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 99),
        ] {
            let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: bomb) }
            #expect(error?.code == .limit)
        }
    }

    @Test func refusesNumbersOfUnreasonableLength() {
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: String(repeating: "1", count: 1_025)) }
        #expect(error?.code == .limit)
    }

    @Test(arguments: [
        ("1", 1), ("-9223372036854775808", Int.min), ("9223372036854775808", nil), ("1.0", 1), ("1.5", nil),
        ("2e3", 2_000),
        ("1e300", nil), ("9007199254740993.0", nil), ("-0", 0),
    ])
    func readsIntegersExactlyOrNotAtAll(text: String, expected: Int?) throws {
        #expect(try JSON(parsing: text).int == expected)
    }

    @Test func tellsKeysApartByTheirBytes() throws {
        let object = try #require(try JSON(parsing: "{\"\\u00e9\":1,\"e\\u0301\":2}").object)
        #expect(object.count == 2)
        #expect(object["\u{e9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func objectsAgreeWithAPlainListOfMembers() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            var object = JSONObject()
            var oracle: [(key: String, value: JSON)] = []
            for step in 0..<60 {
                let key = "k\(Int.random(in: 0..<30, using: &random))"
                let value: JSON? = Int.random(in: 0..<4, using: &random) == 0 ? nil : .number(JSONNumber(step))
                object[key] = value
                let index = oracle.firstIndex { $0.key == key }
                switch (index, value) {
                case (let index?, let value?): oracle[index].value = value
                case (let index?, nil): oracle.remove(at: index)
                case (nil, let value?): oracle.append((key, value))
                case (nil, nil): break
                }
                #expect(object.members.map(\.key) == oracle.map(\.key))
                #expect(object.members.map(\.value) == oracle.map(\.value))
                #expect(object[key] == value)
            }
            #expect(JSONObject(object.members + object.members) == object)
        }
    }

    @Test func readsWhatItWroteForRandomValues() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<1_000 {
            let value = Self.randomValue(depth: 0, &random)
            #expect(try JSON(parsing: value.serialized()) == value)
            #expect(!value.serialized().contains(UInt8(ascii: "\n")))
        }
    }

    @Test func agreesWithFoundationOnMutatedText() {
        var random = SeededGenerator(seed: 3)
        let alphabet = Array(#"{}[]",:\0123456789eE+-.tfnrual /x"#.utf8) + [0xC3, 0xA9, 0xFF, 0x09, 0x0B]
        for _ in 0..<2_000 {
            var bytes = Self.randomValue(depth: 0, &random).serialized()
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0...bytes.count, using: &random)
                let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                if index < bytes.count, Bool.random(using: &random) {
                    bytes[index] = byte
                } else {
                    bytes.insert(byte, at: index)
                }
            }
            let mine = try? JSON(parsing: bytes)
            if let mine {
                #expect((try? JSON(parsing: mine.serialized())) == mine)
            }
            // Foundation refuses numbers out of range and half surrogate pairs, which are ours to accept, and accepts
            // a trailing comma, which is ours to refuse.
            guard let text = String(validating: bytes, as: UTF8.self),
                !text.filter({ !$0.isWhitespace }).contains(/,[\]}]/)
            else { continue }
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            if theirs != nil {
                #expect(mine != nil, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    private static func randomValue(depth: Int, _ random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 8), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &random)))
        case 3: return JSON(floatLiteral: Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random)))
        case 4: return .string(randomText(&random))
        case 5, 6:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in randomValue(depth: depth + 1, &random) }
            )
        default:
            let members = (0..<Int.random(in: 0..<22, using: &random)).map { _ in
                JSONObject.Member(key: randomText(&random), value: randomValue(depth: depth + 1, &random))
            }
            return .object(JSONObject(members))
        }
    }

    private static func randomText(_ random: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\0", "é", "😀", "\u{7F}", "\u{2028}", "z"]
        var text = ""
        for _ in 0..<Int.random(in: 0..<20, using: &random) {
            text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
        }
        return text
    }
}
