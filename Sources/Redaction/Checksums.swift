/// Verifies the check digits of identifiers; digits are given as values 0…9.
enum Checksums {
    /// Luhn's check (ISO/IEC 7812-1, annex B).
    static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        var doubled = false
        for digit in digits.reversed() {
            let value = Int(digit) * (doubled ? 2 : 1)
            sum += value > 9 ? value - 9 : value
            doubled.toggle()
        }
        return sum % 10 == 0
    }

    /// The weighted sum of `digits`, position by position.
    static func weighted(_ digits: ArraySlice<UInt8>, _ weights: [Int]) -> Int {
        zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
    }

    /// The digits read as one decimal number, modulo `modulus`.
    static func remainder(_ digits: ArraySlice<UInt8>, modulo modulus: Int) -> Int {
        digits.reduce(0) { ($0 * 10 + Int($1)) % modulus }
    }

    /// The German tax identification number: ISO/IEC 7064 mod 11,10, one digit repeated among the first ten.
    static func germanTaxID(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count == 11, let first = digits.first, let check = digits.last, first != 0 else { return false }
        var counts = [Int](repeating: 0, count: 10)
        var product = 10
        for digit in digits.dropLast() {
            counts[Int(digit)] += 1
            let sum = (Int(digit) + product) % 10
            product = ((sum == 0 ? 10 : sum) * 2) % 11
        }
        let repeated = counts.filter { $0 > 1 }
        return repeated.count == 1 && repeated[0] <= 3 && (11 - product) % 10 == Int(check)
    }

    /// The French social security number: sex, month, and 97 minus the number modulo 97 as its key.
    static func frenchSocialSecurity(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count == 15 else { return false }
        let all = Array(digits)
        let month = Int(all[3]) * 10 + Int(all[4])
        guard [1, 2, 3, 4, 7, 8].contains(all[0]), (1...12).contains(month) || (20...42).contains(month) || month >= 50
        else { return false }
        return 97 - remainder(all[..<13], modulo: 97) == Int(all[13]) * 10 + Int(all[14])
    }

    /// Whether the digits are a valid product bar code: 12 or 13 digits with a GS1 check digit.
    static func isProductCode(_ digits: ArraySlice<UInt8>) -> Bool {
        switch digits.count {
        case 12: gs1([0] + digits)
        case 13: gs1(digits)
        default: false
        }
    }

    /// The 13-digit check of GS1, which the Swiss insurance number (756…) uses.
    static func gs1(_ digits: ArraySlice<UInt8>) -> Bool {
        weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0
    }

    /// The Brazilian taxpayer number (CPF), with two check digits modulo 11.
    static func brazilianTaxpayer(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count == 11 else { return false }
        func check(_ count: Int) -> Int {
            let sum = weighted(digits.prefix(count), (2...(count + 1)).reversed()) * 10 % 11
            return sum == 10 ? 0 : sum
        }
        let all = Array(digits)
        return check(9) == Int(all[9]) && check(10) == Int(all[10])
    }

    /// The Belgian register number: 97 minus the first nine digits modulo 97, also for births from 2000.
    static func belgianRegister(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count == 11 else { return false }
        let check = remainder(digits.suffix(2), modulo: 1000)
        let body = digits.prefix(9)
        return 97 - remainder(body, modulo: 97) == check
            || 97 - remainder([2] + body, modulo: 97) == check
    }

    /// The control letter of a Spanish identity number with this value.
    static func spanishLetter(_ number: Int) -> UInt8 {
        Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23]
    }

    /// The control letter of an Italian fiscal code for its first 15 upper-case letters and digits.
    static func italianLetter(_ body: ArraySlice<UInt8>) -> UInt8 {
        var sum = 0
        for (position, byte) in body.enumerated() {
            let value = Int(byte.isDigit ? byte - 0x30 : byte - 0x41)
            sum += position % 2 == 0 ? italianOdd[value] : value
        }
        return 0x41 + UInt8(sum % 26)
    }

    private static let italianOdd = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]

    /// The ISO 13616 check of an IBAN given as upper-case letters and digits.
    static func iban(_ code: ArraySlice<UInt8>) -> Bool {
        var remainder = 0
        for byte in code.dropFirst(4) + code.prefix(4) {
            let value = Int(byte.isDigit ? byte - 0x30 : byte - 0x41 + 10)
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
        }
        return remainder == 1
    }

    /// The check of a segwit wallet address (BIP 173 and BIP 350), given as lower-case letters and digits.
    static func bech32(_ address: ArraySlice<UInt8>) -> Bool {
        guard let separator = address.lastIndex(of: UInt8(ascii: "1")) else { return false }
        var values = address[..<separator].map { $0 >> 5 } + [0] + address[..<separator].map { $0 & 31 }
        for byte in address[(separator + 1)...] {
            guard let value = bech32Alphabet.firstIndex(of: byte) else { return false }
            values.append(UInt8(value))
        }
        var state: UInt32 = 1
        for value in values {
            let top = state >> 25
            state = (state & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (bit, generator) in bech32Generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
                state ^= generator
            }
        }
        return state == 1 || state == 0x2BC8_30A3
    }

    private static let bech32Alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let bech32Generators: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
}
