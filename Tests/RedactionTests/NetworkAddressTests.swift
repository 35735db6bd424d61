import Foundation
import Redaction
import Testing

/// Addresses of networks and devices, against slow checks.
@Suite struct NetworkAddressTests {
    private func redacted(_ text: String, _ kind: RedactionKind) -> String {
        Redactor(kinds: [kind]).redact(text).text
    }

    @Test func `four numbers up to 255 are an address, unless all their digits are the same`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<1_200 {
            let count = [3, 4, 4, 4, 4, 5].randomElement(using: &random) ?? 4
            let parts = (0..<count).map { _ -> String in
                let value =
                    [0, 1, 9, 10, 99, 100, 199, 254, 255, 256, 260, 300, 999, 1_000].randomElement(using: &random) ?? 0
                return Int.random(in: 0...9, using: &random) == 0 ? "0\(value)" : String(value)
            }
            let address = parts.joined(separator: ".")
            let isSound = parts.allSatisfy { $0.count <= 3 && Int($0) ?? 999 <= 255 }
            let isDummy = Set(address.filter { $0 != "." }).count == 1
            let isFound = count == 4 && isSound && !isDummy
            let expected = isFound ? "[ip]" : address
            #expect(redacted("at \(address) now", .ip) == "at \(expected) now", "\(address)")
            #expect(redacted(address, .ip) == expected, "\(address)")
        }
    }

    @Test(
        arguments: [
            ("10.0.0.1.", "[ip]."), ("10.0.0.1, ok", "[ip], ok"), ("a10.0.0.1", "a10.0.0.1"),
            ("10.0.0.1a", "10.0.0.1a"),
            ("10.0.0.1_", "10.0.0.1_"), ("10.0.0.1@x", "10.0.0.1@x"), ("10..0.1", "10..0.1"), ("10.0.0.", "10.0.0."),
            (".10.0.0.1", ".[ip]"), ("5.10.0.0.1", "5.10.0.0.1"), ("10.0.0.1.7", "10.0.0.1.7"),
            ("version 10.0.19.1", "version 10.0.19.1"),
            ("version of the router: 10.0.19.1", "version of the router: [ip]"),
            ("IP 10.0.0.1 ", "IP [ip] "), ("IP 10 . 0 . 0 . 1 ok", "IP [ip] ok"),
            ("at 10 . 0 . 0 . 1 ok", "at 10 . 0 . 0 . 1 ok"),
        ]
    )
    func `an address ends with its last number, and may be spaced out after its name`(text: String, expected: String) {
        #expect(redacted(text, .ip) == expected)
    }

    private static func isAddress(_ text: String) -> Bool {
        var bytes = in6_addr()
        return inet_pton(AF_INET6, text, &bytes) == 1
    }

    @Test func `hexadecimal groups are an address where the system reads them as one`() {
        var random = SeededGenerator(seed: 2)
        let groups = ["0", "1", "a", "fe80", "2001", "db8", "85a3", "ffff", "10", "7334"]
        for _ in 0..<1_500 {
            let count = Int.random(in: 2...8, using: &random)
            var parts = (0..<count).map { _ in groups.randomElement(using: &random) ?? "1" }
            let isShortened = Bool.random(using: &random)
            if isShortened, count < 8 { parts.insert("", at: Int.random(in: 1..<count, using: &random)) }
            let address = parts.joined(separator: ":")
            let hasDigit = address.contains(where: \.isNumber)
            let isFound = Self.isAddress(address) && hasDigit
            #expect(redacted("at \(address) now", .ip) == "at \(isFound ? "[ip]" : address) now", "\(address)")
            #expect(redacted(address, .ip) == (isFound ? "[ip]" : address), "\(address)")
        }
    }

    @Test(
        arguments: [
            ("fe80::1", "[ip]"), ("fe80::", "fe80::"), ("2001:db8::", "[ip]"), ("abcd::ef", "abcd::ef"),
            ("1::2::3", "1::[ip]"), ("std::vector", "std::vector"), ("12:30:45", "12:30:45"),
            ("1:2:3:4:5:6:7", "1:2:3:4:5:6:7"),
            ("1:2:3:4:5:6:7:8", "[ip]"), ("1:2:3:4:5:6:7:8:9", "[ip]:9"), ("fe80::1.", "[ip]."),
            ("fe80::1x", "fe80::1x"),
            ("12345::1", "12345::1"), ("fe80::1: down", "[ip]: down"),
        ]
    )
    func `groups are eight, or fewer around one gap`(text: String, expected: String) {
        #expect(redacted(text, .ip) == expected)
    }

    @Test(
        arguments: [
            ("00:1A:2b:7D:4C:4E", true), ("00-1A-2b-7D-4C-4E", true), ("001A.2b7D.4C4E", true),
            ("00:1A:2b:7D:4C", false),
            ("00:1A:2b:7D:4C:4E:00", false), ("00-1A-2b-7D-4C-4E-00", false), ("00:1A:2b:7D:4C-4E", false),
            ("00:00:00:00:00:00", false), ("10:20:30:40:50:60", true), ("10-20-30-40-50-60", false),
            ("1020.3040.5060", false), ("0:1A:2b:7D:4C:4E", false), ("000:1A:2b:7D:4C:4E", false),
            ("00-1G-2b-7D-4C-4E", false), ("00:1G:2b:7D:4C:4E", true), ("001A:2b7D:4C4E", false),
            ("001A.2b7D.4C4E.11", false),
            ("00:1A:2b:7D:4C:4E7", false), ("x00:1A:2b:7D:4C:4E", false), ("ff-ff-ff-ff-ff-ff", false),
            ("aa-aa-aa-aa-aa-ab", true),
        ]
    )
    func `a hardware address is six pairs or three groups of four with one separator`(text: String, isFound: Bool) {
        #expect(redacted(text, .mac) == (isFound ? "[mac]" : text))
        #expect(redacted("mac \(text), ok", .mac) == (isFound ? "mac [mac], ok" : "mac \(text), ok"))
    }
}
