extension Scanner {
    /// An e-mail address around the "@" at `index`; its domain, or all its letters, may be separated by single spaces.
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

    /// The end of a domain with stray spaces: fragments of up to five characters that end with a well-known top-level
    /// domain.
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
                if hasDot, Self.topLevels.contains(String(decoding: label, as: UTF8.self)),
                    fragment > 1 || !goesOn(label, from: index)
                {
                    return index
                }
                fragment = 0
            } else {
                break
            }
            index += 1
        }
        return hasDot && Self.topLevels.contains(String(decoding: label, as: UTF8.self)) ? index : nil
    }

    /// Whether another single letter after `index` makes a longer top-level domain: "c o m" does not end with "c o".
    private func goesOn(_ label: [UInt8], from index: Int) -> Bool {
        guard codes[index + 1].isLetter, index + 2 == codes.count || !codes[index + 2].isWord else { return false }
        return Self.topLevels.contains(String(decoding: label + [codes[index + 1].lowered], as: UTF8.self))
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

    static let topLevels: Set<String> = [
        "com", "org", "net", "edu", "gov", "info", "biz", "io", "co", "uk", "de", "fr", "es", "it", "nl", "be", "ch",
        "at", "eu", "us", "ca", "au", "ie", "pt", "pl", "se", "no", "dk", "fi", "br", "mx", "in", "jp", "dev", "app",
        "me", "email", "online", "shop", "store", "xyz", "tech", "cloud", "club", "site", "lu", "cz", "hu", "gr", "ro",
        "sk", "si", "hr", "nz", "za", "ru", "tr", "tv", "cc", "li", "berlin", "wien", "koeln", "hamburg",
    ]
}
