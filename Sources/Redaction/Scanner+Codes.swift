extension Scanner {
    /// An identifier that starts with a letter and is recognised by its checksum or format.
    func letterCode(at start: Int) -> Match? {
        if let end = ibanEnd(at: start) { return Match(kind: .iban, range: start..<end) }
        if let end = britishInsuranceEnd(at: start) ?? spanishForeignerEnd(at: start) {
            return Match(kind: .nationalID, range: start..<end)
        }
        if let end = italianFiscalCodeEnd(at: start) { return Match(kind: .taxID, range: start..<end) }
        return walletEnd(at: start).map { Match(kind: .wallet, range: start..<$0) }
    }

    /// Letters and digits from `start` in upper case, without single spaces and hyphens, with the end position of each.
    ///
    /// Unless `loose`, the result is empty for text that is neither contiguous nor all upper case, such as the words of
    /// a sentence.
    private func compact(from start: Int, limit: Int, loose: Bool = false) -> (bytes: [UInt8], ends: [Int]) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        var index = start
        while index < codes.count, bytes.count < limit {
            let code = codes[index]
            if code.isLetter || code.isDigit {
                bytes.append(code.isLowercase ? code & 0xDF : code)
                ends.append(index + 1)
            } else if !(code == 0x20 || code == UInt8(ascii: "-")) || index + 1 == codes.count
                || codes[index + 1] == code
            {
                break
            }
            index += 1
        }
        let isContiguous = (ends.last ?? start) - start == bytes.count
        guard loose || isContiguous || !codes[start..<index].contains(where: { $0.isLowercase }) else {
            return ([], [])
        }
        return (bytes, ends)
    }

    /// The end of an IBAN: country, check digits and that country's length; after the word "IBAN" also without a valid
    /// check.
    private func ibanEnd(at start: Int) -> Int? {
        guard let second = end(ofLettersAt: start, max: 3), second == 2 || context.kind == .iban else { return nil }
        let (bytes, ends) = compact(from: start, limit: 34, loose: true)
        guard bytes.count >= 15, bytes[0].isLetter, bytes[1].isLetter, bytes[2].isDigit, bytes[3].isDigit,
            bytes.count(where: { $0.isDigit }) >= 10
        else { return nil }
        let country = String(decoding: bytes[..<2], as: UTF8.self)
        guard let length = Self.ibanLengths[country] else { return nil }
        if bytes.count >= length, Checksums.iban(bytes[..<length]), isEnd(ends[length - 1]) { return ends[length - 1] }
        guard context.kind == .iban else { return nil }
        let candidates = (15...min(bytes.count, length)).reversed()
        return candidates.lazy.map { ends[$0 - 1] }.first { isEnd($0) && codes[$0 - 1].isDigit }
    }

    /// The number of letters at `start`, spaced out or not, when a digit follows within `max` of them.
    private func end(ofLettersAt start: Int, max: Int) -> Int? {
        var index = start
        var letters = 0
        while index < codes.count, letters <= max {
            if codes[index].isLetter {
                letters += 1
            } else if codes[index].isDigit {
                return letters
            } else if codes[index] != 0x20 {
                return nil
            }
            index += 1
        }
        return nil
    }

    /// The end of a British national insurance number: two letters, six digits, and A to D.
    private func britishInsuranceEnd(at start: Int) -> Int? {
        guard end(ofLettersAt: start, max: 2) == 2 else { return nil }
        let (bytes, ends) = compact(from: start, limit: 9)
        guard bytes.count == 9, bytes[2..<8].allSatisfy({ $0.isDigit }), Set(bytes[2..<8]).count > 1,
            (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(bytes[8]), isEnd(ends[8]),
            !"DFIQUV".utf8.contains(bytes[0]), !"DFIQUVO".utf8.contains(bytes[1]),
            !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains(String(decoding: bytes[..<2], as: UTF8.self))
        else { return nil }
        return ends[8]
    }

    /// The end of a Spanish foreigner's number: X, Y or Z, seven digits, and a control letter.
    private func spanishForeignerEnd(at start: Int) -> Int? {
        guard let lead = "XYZ".utf8.firstIndex(of: codes[start]), end(ofLettersAt: start, max: 1) == 1 else {
            return nil
        }
        let (bytes, ends) = compact(from: start, limit: 9)
        guard bytes.count == 9, bytes[1..<8].allSatisfy({ $0.isDigit }), isEnd(ends[8]) else { return nil }
        let offset = "XYZ".utf8.distance(from: "XYZ".utf8.startIndex, to: lead)
        let number = bytes[1..<8].reduce(offset) { $0 * 10 + Int($1 - 0x30) }
        return Checksums.spanishLetter(number) == bytes[8] ? ends[8] : nil
    }

    /// Whether `count` letters and digits follow `start` without a break.
    private func isOneWord(_ start: Int, _ count: Int) -> Bool {
        end(from: start, limit: count) { $0.isLetter || $0.isDigit } == start + count
    }

    /// The end of an Italian fiscal code: sixteen letters and digits, the last a control letter.
    private func italianFiscalCodeEnd(at start: Int) -> Int? {
        guard start + 16 <= codes.count,
            isOneWord(start, 16) || !codes[start..<(start + 6)].contains(where: \.isLowercase)
        else { return nil }
        let (bytes, ends) = compact(from: start, limit: 16)
        guard bytes.count == 16, bytes[..<6].allSatisfy({ $0.isLetter }), bytes[8].isLetter, bytes[11].isLetter,
            bytes[15].isLetter, bytes[9].isDigit || bytes[9].isLetter, isEnd(ends[15]),
            bytes[6..<15].count(where: { $0.isDigit }) >= 4
        else { return nil }
        return Checksums.italianLetter(bytes[..<15]) == bytes[15] ? ends[15] : nil
    }

    /// The end of a segwit wallet address with a valid checksum; after a context word also without one.
    private func walletEnd(at start: Int) -> Int? {
        guard stands("bc1", at: start) || stands("tb1", at: start) else { return nil }
        let end = end(from: start, limit: 90) { $0.isLetter || $0.isDigit }
        guard end - start >= 14, isEnd(end) else { return nil }
        let address = codes[start..<end].map { $0.lowered }
        return Checksums.bech32(address[...]) || context.kind == .wallet ? end : nil
    }

    /// A wallet address that starts with a digit: `0x` and 40 hexadecimal digits, or base 58 of mixed case.
    func digitWallet(at start: Int) -> Match? {
        let end = end(from: start, limit: 64) { $0.isLetter || $0.isDigit }
        guard isEnd(end) else { return nil }
        let body = codes[start..<end]
        if stands("0x", at: start), end - start == 42, body.dropFirst(2).allSatisfy({ $0.isHex }) {
            return Match(kind: .wallet, range: start..<end)
        }
        let isBase58 = codes[start] == UInt8(ascii: "1") || codes[start] == UInt8(ascii: "3")
        guard isBase58, (26...35).contains(end - start), body.contains(where: { $0.isUppercase }),
            body.contains(where: { $0.isLowercase }), !body.contains(where: { "0OIl".utf8.contains($0) })
        else { return nil }
        return Match(kind: .wallet, range: start..<end)
    }

    private static let ibanLengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
        "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
        "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
        "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
        "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
        "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24,
        "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24,
        "XK": 20,
    ]
}
