/// One pass over a folded text, which masks the values it recognises.
///
/// At the start of each word the recognisers are tried in turn, the most certain first; each examines a bounded part of
/// the text. Words that none of them recognises become context for the words after them.
struct Scanner {
    private(set) var text: FoldedText
    private(set) var spans: [RedactedText.Span] = []
    private(set) var context = ContextState()
    private let kinds: Set<RedactionKind>
    /// The national formats of telephone numbers.
    let telephones: TelephoneFormats

    /// A recognised value.
    struct Match {
        let kind: RedactionKind
        let range: Range<Int>
    }

    init(_ text: FoldedText, kinds: Set<RedactionKind>, telephones: TelephoneFormats) {
        self.text = text
        self.kinds = kinds
        self.telephones = telephones
    }

    var codes: [UInt8] { text.codes }

    /// Scans the text once; returns whether anything was found.
    mutating func scan() -> Bool {
        let before = spans.count
        context.clear()
        var index = 0
        while index < codes.count {
            if let match = match(at: index), kinds.contains(match.kind) {
                spans.append(RedactedText.Span(kind: match.kind, range: match.range))
                text.mask(match.range)
                context.clear()
                index = match.range.upperBound
            } else {
                index = pass(index)
            }
        }
        return spans.count > before
    }

    private func match(at index: Int) -> Match? {
        let code = codes[index]
        if code.isWord { return isStart(index) ? matchWord(at: index) : cardInside(at: index) }
        switch code {
        case UInt8(ascii: "@"): return email(at: index)
        case UInt8(ascii: "+"), UInt8(ascii: "("): return isStart(index) ? number(at: index) : nil
        case UInt8(ascii: "-"): return privateKeyBlock(at: index)
        case 0x20, 0x0A, FoldedText.masked, UInt8(ascii: "\""), UInt8(ascii: "'"): return nil
        default: return context.kind == .password ? password(at: index) : nil
        }
    }

    private func matchWord(at index: Int) -> Match? {
        if let match = knownSecret(at: index) ?? announcedSecret(at: index) { return match }
        if let match = hardwareAddress(at: index) ?? internetAddress(at: index) { return match }
        if codes[index].isDigit {
            if let match = number(at: index) ?? spokenEmail(at: index) { return match }
        } else if let match = letterCode(at: index) ?? spokenNumber(at: index) ?? spokenEmail(at: index) {
            return match
        }
        return announcedIdentifier(at: index)
    }

    /// Advances past the word or character at `index` and records it as context.
    private mutating func pass(_ index: Int) -> Int {
        let code = codes[index]
        if code == FoldedText.masked {
            context.clear()
            return index + 1
        }
        guard code.isWord else {
            if code == UInt8(ascii: "."), isSentenceEnd(index) {
                context.endSentence()
            } else {
                context.note(punctuation: code)
            }
            return index + 1
        }
        let (word, end) = word(at: index)
        context.note(word)
        return code.isDigit ? max(end, endOfVoucher(at: index)) : end
    }

    /// The end of a number of at least three groups of four digits that the preceding word marks as the business's own;
    /// its later groups are neither telephone numbers nor cards.
    private func endOfVoucher(at index: Int) -> Int {
        guard context.isReference, context.kind == nil else { return index }
        let run = NumberRun(codes, at: index)
        let groups = run.groups(run.count)
        guard groups.count >= 3, groups.dropLast().allSatisfy({ $0 == 4 }), let end = run.ends.last else {
            return index
        }
        return end
    }

    /// The word at `index`; letters spaced out ("P I N") count as one.
    private func word(at index: Int) -> (ArraySlice<UInt8>, Int) {
        var end = index
        while end < codes.count, codes[end].isWord {
            if codes[end].isDigit, end > index, codes[end - 1].isLetter, cardInside(at: end) != nil { break }
            end += 1
        }
        let isEnding = index > 0 && codes[index - 1] == UInt8(ascii: "'")
        guard end == index + 1, codes[index].isLetter, !isEnding else {
            return (codes[index..<min(end, index + 40)], end)
        }
        var letters = [codes[index]]
        while letters.count < 12, end + 1 < codes.count, codes[end] == 0x20, codes[end + 1].isLetter,
            end + 2 == codes.count || !codes[end + 2].isWord
        {
            letters.append(codes[end + 1])
            end += 2
        }
        return (letters[...], end)
    }

    private func isSentenceEnd(_ index: Int) -> Bool {
        guard index + 1 < codes.count, codes[index + 1].isSpace else { return index + 1 == codes.count }
        var start = index
        while start > 0, index - start < 4, codes[start - 1].isWord { start -= 1 }
        return index - start > 3
    }

    /// Whether a value may start at `index`: not inside a word, nor inside a number with separators.
    func isStart(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = codes[index - 1]
        if before.isWord || before == FoldedText.masked || before == UInt8(ascii: "_") { return false }
        switch before {
        case UInt8(ascii: "-"):
            // This may be part of an identifier such as a UUID.
            var word = index - 1
            while word > 0, index - word < 12, codes[word - 1].isWord { word -= 1 }
            return !codes[index].isDigit || !codes[word..<index].contains(where: \.isDigit)
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: ":"),
            UInt8(ascii: "'"):
            return index < 2 || !(codes[index - 2].isDigit && codes[index].isDigit)
        default: return true
        }
    }

    /// Whether a value may end before `index`.
    func isEnd(_ index: Int) -> Bool {
        guard index < codes.count else { return true }
        let next = codes[index]
        return !next.isWord && next != FoldedText.masked && next != UInt8(ascii: "_") && next != UInt8(ascii: "@")
            && !isIdentifier(from: index)
    }

    /// Whether a hyphen and hexadecimal digits, including a letter, follow at `index`, as inside a UUID.
    func isIdentifier(from index: Int) -> Bool {
        guard codes[index] == UInt8(ascii: "-") else { return false }
        let end = end(from: index + 1, limit: 13) { $0.isHex }
        return end - index > 4 && (end == codes.count || !codes[end].isWord)
            && codes[(index + 1)..<end].contains(where: \.isDigit)
            && codes[(index + 1)..<end].contains(where: \.isLetter)
    }

    /// Whether the lower-case ASCII `word` is at `index`.
    func stands(_ word: StaticString, at index: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard index >= 0, index + length <= codes.count else { return false }
        return word.withUTF8Buffer { bytes in
            for offset in 0..<length where codes[index + offset].lowered != bytes[offset] { return false }
            return true
        }
    }

    /// The end of the bytes from `index` that satisfy `condition`, at most `limit` of them.
    func end(from index: Int, limit: Int, while condition: (UInt8) -> Bool) -> Int {
        var end = index
        while end < codes.count, end - index < limit, condition(codes[end]) { end += 1 }
        return end
    }
}
