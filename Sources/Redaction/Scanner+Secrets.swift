extension Scanner {
    /// A key or token recognised by its issuer's format.
    func knownSecret(at start: Int) -> Match? {
        guard end(from: start, limit: 12, while: Self.isTokenByte) == start + 12 || stands("sg.", at: start) else {
            return nil
        }
        if let match = webToken(at: start) { return match }
        for shape in Self.shapes where stands(shape.prefix, at: start) {
            let body = start + shape.prefix.utf8CodeUnitCount
            let end = end(from: body, limit: 300, while: Self.isTokenByte)
            if end - body >= shape.minimum, codes[body..<end].contains(where: { $0.isDigit || $0.isUppercase }) {
                return Match(kind: .secret, range: start..<end)
            }
        }
        return nil
    }

    /// The end of a JSON web token: three base64url parts, the first of which starts like `{"`.
    private func webToken(at start: Int) -> Match? {
        guard stands("eyj", at: start) else { return nil }
        let end = end(from: start, limit: 8192) { Self.isTokenByte($0) || $0 == UInt8(ascii: ".") }
        let parts = codes[start..<end].split(separator: UInt8(ascii: "."))
        return parts.count >= 2 && end - start >= 30 ? Match(kind: .secret, range: start..<end) : nil
    }

    /// A PEM block with a private key, up to its end line or the end of its base64 text.
    func privateKeyBlock(at start: Int) -> Match? {
        guard start == 0 || codes[start - 1] != UInt8(ascii: "-"), stands("-----begin ", at: start) else { return nil }
        let label = end(from: start + 11, limit: 40) { $0.isUppercase || $0 == 0x20 }
        guard stands("private key-----", at: label - 11) || stands("private key block-----", at: label - 17) else {
            return nil
        }
        var end = end(from: label + 5, limit: 32_768) {
            Self.isTokenByte($0) || $0.isSpace || "+/=:,.".utf8.contains($0)
        }
        // The block's end line consists of bytes accepted above, so end after it if it is present.
        var index = label + 5
        while index + 9 < end {
            if codes[index] == UInt8(ascii: "-"), stands("-----end ", at: index) {
                let close = self.end(from: index + 9, limit: 60) { $0 != UInt8(ascii: "-") && $0 != 0x0A }
                end = self.end(from: close, limit: 5) { $0 == UInt8(ascii: "-") }
                break
            }
            index += 1
        }
        return Match(kind: .secret, range: start..<end)
    }

    /// A password, key or token announced by the preceding word.
    func announcedSecret(at start: Int) -> Match? {
        switch context.kind {
        case .password: password(at: start)
        case .secret: denseString(at: start).map { Match(kind: .secret, range: $0) }
        case .wallet: denseString(at: start).map { Match(kind: .wallet, range: $0) }
        default: nil
        }
    }

    /// A string of at least 8 letters and digits, with at least one of each; spaces between single characters are
    /// allowed.
    private func denseString(at start: Int) -> Range<Int>? {
        var end = end(from: start, limit: 4096) { Self.isTokenByte($0) || "+/=.".utf8.contains($0) }
        while end > start, !codes[end - 1].isWord, codes[end - 1] != UInt8(ascii: "=") { end -= 1 }
        if end <= start + 1 { end = spacedEnd(from: start, fragment: 3, word: 2) }
        let body = codes[start..<end].filter { $0.isWord }
        let digits = body.count { $0.isDigit }
        let isLong =
            body.count >= 20 && digits >= 1 && body.contains { $0.isLowercase } && body.contains { $0.isUppercase }
        let isMixed = digits >= 2 && Set(body.filter { $0.isDigit }).count > 1
        guard body.count >= 8, digits < body.count, isLong || isMixed else { return nil }
        return start..<end
    }

    /// A password: a word with digits or symbols in it, or any word directly after "is", ":" or "=".
    func password(at start: Int) -> Match? {
        guard context.isAdjacent, start > 0, codes[start - 1].isSpace || ":=\"'(".utf8.contains(codes[start - 1]),
            !",.;:?!)=-".utf8.contains(codes[start])
        else { return nil }
        if codes[start - 1] == UInt8(ascii: "\""), context.isConnected {
            let end = end(from: start, limit: 64) { $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != FoldedText.masked }
            if end < codes.count, codes[end] == UInt8(ascii: "\"") { return Match(kind: .password, range: start..<end) }
        }
        var end = end(from: start, limit: 128) { !$0.isSpace && $0 != FoldedText.masked && $0 != UInt8(ascii: "\"") }
        while end > start, ",.;:?)'".utf8.contains(codes[end - 1]) { end -= 1 }
        guard end > start, !isPlainWord(start..<end) else { return nil }
        if end - start <= 3 { end = max(end, spacedEnd(from: start, fragment: 4, word: 4)) }
        return isPassword(start..<end) ? Match(kind: .password, range: start..<end) : nil
    }

    private func isPassword(_ range: Range<Int>) -> Bool {
        let body = codes[range].filter { $0 != 0x20 }
        let digits = body.filter { $0.isDigit }
        let symbols = body.dropLast().contains { !$0.isWord && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "-") }
        if digits.count == body.count { return context.isConnected && body.count >= 4 && Set(digits).count > 1 }
        if !digits.isEmpty || symbols { return body.count >= 4 && (context.isConnected || body.count >= 6) }
        return context.isConnected && body.count >= 4
    }

    /// Whether the word describes the password rather than being one ("wrong", "rejected").
    private func isPlainWord(_ range: Range<Int>) -> Bool {
        guard codes[range].allSatisfy({ $0.isLetter || $0 == UInt8(ascii: "'") }) else { return false }
        if ContextWords.notPasswords.contains(ContextWords.hash(codes[range])) { return true }
        let ending = codes[range].suffix(3).map { $0.lowered }
        return range.count > 5
            && (ending == Array("ing".utf8) || ending.suffix(2) == Array("ed".utf8)
                || ending.suffix(2) == Array("ly".utf8))
    }

    /// The end of fragments of at most `fragment` characters separated by single spaces, up to punctuation or a
    /// lower-case word of `word` letters or more.
    private func spacedEnd(from start: Int, fragment: Int, word: Int) -> Int {
        var last = start
        var index = start
        while index < codes.count, index - start < 120 {
            let end = end(from: index, limit: fragment + 1) {
                !$0.isSpace && $0 != FoldedText.masked && $0 != UInt8(ascii: ",")
            }
            guard end > index, end - index <= fragment else { break }
            if index > start, end - index >= word, codes[index..<end].allSatisfy({ $0.isLowercase }) { break }
            last = end
            guard end + 1 < codes.count, codes[end] == 0x20 else { break }
            index = end + 1
        }
        while last > start, ",.;:?)".utf8.contains(codes[last - 1]) { last -= 1 }
        return last
    }

    private static func isTokenByte(_ code: UInt8) -> Bool {
        code.isLetter || code.isDigit || code == UInt8(ascii: "_") || code == UInt8(ascii: "-")
    }

    private static let shapes: [(prefix: StaticString, minimum: Int)] = [
        ("akia", 16), ("asia", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30),
        ("github_pat_", 30), ("glpat-", 18), ("xoxb-", 16), ("xoxp-", 16), ("xoxa-", 16), ("xoxr-", 16), ("xoxs-", 16),
        ("xapp-", 16), ("sk_live_", 16), ("pk_live_", 16), ("rk_live_", 16), ("sk_test_", 16), ("whsec_", 20),
        ("sk-", 24), ("aiza", 35), ("ya29", 20), ("npm_", 30), ("pypi-", 40), ("dop_v1_", 40), ("shpat_", 30),
        ("hf_", 30),
        ("sg.", 40), ("eaacedeose", 20),
    ]
}
