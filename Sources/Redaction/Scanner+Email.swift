extension Scanner {
    /// An e-mail address around the "@" at `index`; single spaces may break up its domain or all its letters.
    func email(at index: Int) -> Match? {
        let start = localPartStart(before: index)
        guard start < index else { return spacedEmail(at: index) }
        if let end = domainEnd(from: index + 1) { return Match(kind: .email, range: start..<end) }
        return brokenDomainEnd(from: index + 1).map { Match(kind: .email, range: start..<$0) }
    }

    private func localPartStart(before index: Int) -> Int {
        var start = index
        while start > 0, index - start < 64, isLocal(codes[start - 1]) { start -= 1 }
        while start < index, !codes[start].isWord { start += 1 }
        return start
    }

    private func isLocal(_ code: UInt8) -> Bool {
        if code.isWord { return true }
        switch code {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): return true
        default: return false
        }
    }

    private func domainEnd(from start: Int) -> Int? {
        var end = end(from: start, limit: 254) { $0.isWord || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        while end > start, !codes[end - 1].isWord { end -= 1 }
        guard let dot = codes[start..<end].lastIndex(of: UInt8(ascii: ".")), dot > start, end - dot > 2,
            codes[(dot + 1)..<end].allSatisfy({ !$0.isDigit })
        else { return nil }
        return end
    }

    /// A domain with stray spaces: fragments of up to five characters that end in a well-known top level.
    private func brokenDomainEnd(from start: Int) -> Int? {
        guard start < codes.count, codes[start].isWord else { return nil }
        var index = start
        var fragment = 0
        var hasDot = false
        var label: [UInt8] = []
        while index < codes.count, index - start < 40 {
            let code = codes[index]
            if code == UInt8(ascii: ".") {
                hasDot = !label.isEmpty || hasDot
                label.removeAll(keepingCapacity: true)
                fragment = 0
            } else if code.isLetter || code.isDigit {
                label.append(code.lowered)
                fragment += 1
                guard fragment <= 5 || index - start < 20 else { return nil }
            } else if code == 0x20, fragment <= 5, index + 1 < codes.count, codes[index + 1] != 0x20 {
                if hasDot, Self.topLevels.contains(String(decoding: label, as: UTF8.self)) { return index }
                fragment = 0
            } else {
                break
            }
            index += 1
        }
        return hasDot && Self.topLevels.contains(String(decoding: label, as: UTF8.self)) ? index : nil
    }

    /// An address with a space after every letter, as in `j o e @ m a i l . c o m`.
    private func spacedEmail(at index: Int) -> Match? {
        guard index >= 2, codes[index - 1] == 0x20, codes[index - 2].isWord else { return nil }
        var start = index
        while start >= 2, index - start < 80, codes[start - 1] == 0x20, isLocal(codes[start - 2]),
            start == 2 || !codes[start - 3].isWord
        {
            start -= 2
        }
        guard start < index - 2, index + 2 < codes.count, codes[index + 1] == 0x20 else { return nil }
        return brokenDomainEnd(from: index + 2).map { Match(kind: .email, range: start..<$0) }
    }

    /// An address as speech: "jane dot doe at example dot com", starting at its first word.
    ///
    /// One plain word before "at" counts only after the word "email", for people also look "at example dot com".
    func spokenEmail(at start: Int) -> Match? {
        guard start == 0 || codes[start - 1] != UInt8(ascii: "'") else { return nil }
        var index = start
        var sawAt = false
        var sawDot = false
        var isPlain = true
        for _ in 0..<24 {
            let end = end(from: index, limit: 30) { $0.isWord || $0 == UInt8(ascii: "-") }
            guard end > index else { return nil }
            if sawDot, isTopLevel(index..<end) { return Match(kind: .email, range: start..<end) }
            guard end + 1 < codes.count, codes[end] == 0x20 else { return nil }
            isPlain = isPlain && (sawAt || !codes[index..<end].contains { $0.isDigit })
            sawDot = sawAt && stands("dot ", at: end + 1)
            if sawDot || stands("dot ", at: end + 1) || stands("underscore ", at: end + 1) {
                isPlain = isPlain && sawAt
                index = skipWord(from: end + 1)
            } else if !sawAt, stands("at ", at: end + 1), !isPlain || context.kind == .email || isMailProvider(end + 4)
            {
                sawAt = true
                index = end + 4
            } else if !sawAt, end == index + 1, end + 2 < codes.count, !codes[end + 2].isWord {
                isPlain = false
                index = end + 1
            } else {
                return nil
            }
        }
        return nil
    }

    /// Whether the name of a well-known mail service stands at `index`.
    private func isMailProvider(_ index: Int) -> Bool {
        Self.mailProviders.contains { stands($0, at: index) }
    }

    private static let mailProviders: [StaticString] = [
        "gmail dot ", "googlemail dot ", "yahoo dot ", "hotmail dot ", "outlook dot ", "icloud dot ", "aol dot ",
        "gmx dot ",
        "web dot ", "live dot ", "msn dot ", "proton dot ", "protonmail dot ",
    ]

    private func skipWord(from index: Int) -> Int { end(from: index, limit: 12) { $0 != 0x20 } + 1 }

    private func isTopLevel(_ range: Range<Int>) -> Bool {
        isEnd(range.upperBound)
            && Self.topLevels.contains(String(decoding: codes[range].map { $0.lowered }, as: UTF8.self))
    }

    private static let topLevels: Set<String> = [
        "com", "org", "net", "edu", "gov", "info", "biz", "io", "co", "uk", "de", "fr", "es", "it", "nl", "be", "ch",
        "at", "eu", "us", "ca", "au", "ie", "pt", "pl", "se", "no", "dk", "fi", "br", "mx", "in", "jp", "dev", "app",
        "me",
    ]
}
