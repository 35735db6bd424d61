/// E-mail addresses written as people say them, or disguised from programs.
extension Scanner {
    /// An address such as "jane dot doe at example dot com" or "joe (at) example (dot) com", starting at its first
    /// word.
    ///
    /// A single plain word before "at" counts only if "at" is marked by brackets or hyphens, follows the word "email",
    /// or precedes the name of a mail service, because people also "look at example dot com".
    func spokenEmail(at start: Int) -> Match? {
        guard start == 0 || codes[start - 1] != UInt8(ascii: "'") else { return nil }
        var index = start
        var isMarked = false
        for _ in 0..<24 {
            let end = partEnd(from: index)
            guard end > index else { return nil }
            isMarked = isMarked || codes[index..<end].contains { !$0.isLetter }
            guard let sign = sign(at: end) else {
                // The name is spelled letter by letter.
                guard end == index + 1, end + 2 < codes.count, codes[end] == 0x20, codes[end + 1].isWord,
                    !codes[end + 2].isWord
                else { return nil }
                isMarked = true
                index = end + 1
                continue
            }
            index = sign.end
            if sign.kind == .at {
                let isKnown = isMarked || sign.isMarked || context.kind == .email || isMailService(at: index)
                guard isKnown, let end = spokenDomainEnd(from: index, trusting: sign.isMarked) else { return nil }
                return Match(kind: .email, range: start..<end)
            }
            isMarked = true
        }
        return nil
    }

    private enum SignKind {
        case at, dot, other
    }

    /// A word or symbol for a character of an address: "at", "(dot)", "punkt", "underscore".
    private struct Sign {
        var kind: SignKind
        /// Whether brackets, hyphens or the character itself show that it is not a word of a sentence.
        var isMarked: Bool
        /// The position at which the next part of the address begins.
        var end: Int
    }

    /// The end of a part of an address: letters and digits, joined by characters allowed in addresses.
    private func partEnd(from start: Int) -> Int {
        var end = start
        while end < codes.count, end - start < 40 {
            let code = codes[end]
            if !code.isWord {
                guard end > start, ".-_+".utf8.contains(code), end + 1 < codes.count, codes[end + 1].isWord,
                    code != UInt8(ascii: "-") && code != UInt8(ascii: "_") || word(at: end + 1, of: Self.signs) == nil
                else { break }
            }
            end += 1
        }
        return end
    }

    private func sign(at end: Int) -> Sign? {
        var index = self.end(from: end, limit: 2) { $0 == 0x20 }
        guard index < codes.count else { return nil }
        let opening = codes[index]
        if opening == UInt8(ascii: "@"), index + 1 < codes.count {
            // A spaced "@" may also precede a price, and one before a letter may begin a user name.
            let isApart = index > end && codes[index + 1] == 0x20 && codes[end - 1].isLetter
            guard isApart || context.kind == .email else { return nil }
            return finish(Sign(kind: .at, isMarked: true, end: index + 1))
        }
        if opening == UInt8(ascii: "."), index > end {
            return finish(Sign(kind: .dot, isMarked: false, end: index + 1))
        }
        guard let closing = Self.closings[opening] else {
            guard index > end, let (kind, next) = word(at: index, of: Self.signs), next < codes.count,
                codes[next] == 0x20
            else { return nil }
            return finish(Sign(kind: kind, isMarked: false, end: next))
        }
        index = self.end(from: index + 1, limit: 1) { $0 == 0x20 }
        let (kind, next): (SignKind, Int)
        if index < codes.count, codes[index] == UInt8(ascii: "@") {
            (kind, next) = (.at, index + 1)
        } else if index < codes.count, codes[index] == UInt8(ascii: ".") {
            (kind, next) = (.dot, index + 1)
        } else if let found = word(at: index, of: Self.signs) {
            (kind, next) = found
        } else {
            return nil
        }
        let close = self.end(from: next, limit: 1) { $0 == 0x20 }
        guard close < codes.count, codes[close] == closing else { return nil }
        return finish(Sign(kind: kind, isMarked: true, end: close + 1))
    }

    private func finish(_ sign: Sign) -> Sign? {
        let next = end(from: sign.end, limit: 2) { $0 == 0x20 }
        guard next < codes.count, codes[next].isWord else { return nil }
        return Sign(kind: sign.kind, isMarked: sign.isMarked, end: next)
    }

    /// The end of a domain: parts joined by dots, the last of them a top-level domain.
    ///
    /// If `trusting`, any two to ten letters after a marked dot are a top-level domain.
    private func spokenDomainEnd(from start: Int, trusting: Bool) -> Int? {
        var index = start
        var found: Int?
        var isAfterDot = false
        var isTrusted = false
        for _ in 0..<8 {
            let end = partEnd(from: index)
            guard end > index else { return found }
            let dot = codes[index..<end].lastIndex(of: UInt8(ascii: "."))
            let label = codes[(dot.map { $0 + 1 } ?? index)..<end]
            let isTopLevel =
                Self.topLevels.contains(String(decoding: label.map(\.lowered), as: UTF8.self))
                || (isTrusted || dot != nil && trusting) && (2...10).contains(label.count)
                    && label.allSatisfy(\.isLetter)
            if isAfterDot || dot != nil {
                if isTopLevel, isEnd(end) { found = end } else if found != nil { return found }
            }
            guard let sign = sign(at: end), sign.kind != .at else { return found }
            (isAfterDot, isTrusted) = (sign.kind == .dot, sign.kind == .dot && sign.isMarked && trusting)
            index = sign.end
        }
        return found
    }

    /// Whether the name of a well-known mail service begins at `index`.
    private func isMailService(at index: Int) -> Bool {
        let name = codes[index..<end(from: index, limit: 12, while: \.isLetter)]
        return Self.mailServices.contains(ContextWords.hash(name))
    }

    /// The sign expressed by the word at `index`, and the word's end.
    private func word(at index: Int, of signs: [UInt64: SignKind]) -> (SignKind, Int)? {
        guard index < codes.count, Self.signBeginnings >> UInt32((codes[index].lowered &- 0x61) & 31) & 1 == 1,
            codes[index].isLetter
        else { return nil }
        let end = end(from: index, limit: 14, while: \.isLetter)
        guard end == codes.count || !codes[end].isWord else { return nil }
        return signs[ContextWords.hash(codes[index..<end])].map { ($0, end) }
    }

    private static let closings: [UInt8: UInt8] = Dictionary(
        uniqueKeysWithValues: zip("([{<-_*|".utf8, ")]}>-_*|".utf8)
    )

    // In the languages of `ContextWords`, without accents.
    private static let signWords: [(SignKind, String)] = [
        (.at, "at arobase arroba chiocciola klammeraffe affenschwanz affenklammer apenstaartje"),
        (.dot, "dot punkt point punto punt ponto"),
        (.other, "underscore unterstrich dash hyphen minus bindestrich plus tiret guion trattino streepje"),
    ]
    private static let signs = Dictionary(
        uniqueKeysWithValues: signWords.flatMap { kind, words in
            words.split(separator: " ").map { (ContextWords.hash($0.utf8), kind) }
        }
    )
    /// The set of the first letters of those words.
    private static let signBeginnings = signWords.reduce(UInt32(0)) { set, item in
        item.1.split(separator: " ").reduce(set) { $0 | 1 << UInt32(($1.utf8.first ?? 0x61) - 0x61) }
    }
    private static let mailServices = Set(
        "gmail googlemail yahoo hotmail outlook icloud aol gmx web live msn proton protonmail freenet mail posteo"
            .split(separator: " ").map { ContextWords.hash($0.utf8) }
    )
}
