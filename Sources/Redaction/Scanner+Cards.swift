extension Scanner {
    /// A payment card whose first digit, as a numeral or a word, is at `start`.
    ///
    /// `run` is the strict run there. If it is not a card, one with other symbols, line breaks and words between its
    /// digits is tried.
    func card(_ run: NumberRun, at start: Int, isInside: Bool = false) -> Match? {
        guard !run.hasPlus else { return nil }
        let start = end(from: start, limit: 3) { !$0.isWord }
        if let count = cardLength(run, at: start, isInside: isInside) {
            return Match(kind: .card, range: start..<run.ends[count - 1])
        }
        guard let last = run.ends.last, run.count < NumberRun.limit, goesOn(from: last) else { return nil }
        let loose = NumberRun(codes, at: start, .loose)
        guard loose.count > run.count, let count = cardLength(loose, at: start, isInside: isInside) else { return nil }
        return Match(kind: .card, range: start..<loose.ends[count - 1])
    }

    /// A card that begins within a word or number ("VISA4111…", "no_4111…", "12:4111…"): only if it is certain.
    func cardInside(at start: Int) -> Match? {
        guard start > 0, codes[start].isDigit, !codes[start - 1].isDigit, (0x32...0x36).contains(codes[start]) else {
            return nil
        }
        if codes[start - 1].isLetter, isLongWord(around: start) { return nil }
        let run = NumberRun(codes, at: start)
        if start > 1, codes[start - 2].isDigit {
            // A group of a longer number with uniform separators is not a number itself.
            for index in 1..<max(run.count, 1) where run.gap(index) != .none {
                if run.gap(index) == NumberRun.Gap(codes[start - 1]) { return nil }
            }
        }
        return card(run, at: start, isInside: true)
    }

    /// Whether digits may continue after the strict run that ends at `end`, as a loose run.
    private func goesOn(from end: Int) -> Bool {
        let next = self.end(from: end, limit: 7) { !$0.isWord && $0 != FoldedText.masked }
        guard next > end, next < codes.count else { return false }
        return codes[next].isDigit || NumberWords.read(codes, at: next) != nil
            || NumberWords.connectiveEnd(codes, at: next) != nil
    }

    /// The number of digits of the run that form a card: the longest with a valid check digit, or else the longest that
    /// is announced.
    private func cardLength(_ run: NumberRun, at start: Int, isInside: Bool) -> Int? {
        guard run.count >= 12, run.digits[0] > 0, !run.isDummy else { return nil }
        let isWhole = isBeginning(start)
        var announced: Int?
        for count in (12...min(19, run.count)).reversed() {
            guard run.isBoundary(count), isCardEnd(run.ends[count - 1], isInside: isInside) else { continue }
            // Of single digits, any sixteen of seventeen might match, so they count only as a whole.
            let isPart = count < run.count && run.isBoundary(count + 1)
            if context.kind != .card, run.isSpacedOut(count), !isWhole || isPart { continue }
            // The last groups of a longer number, such as a parcel number, are not a short card.
            if context.kind != .card, !isWhole, count < 15, run.groups(count) != [4, 6, 4] { continue }
            switch certainty(run, count, isInside: isInside) {
            case .checked: return count
            case .announced: announced = announced ?? count
            case nil: break
            }
        }
        return announced
    }

    /// Whether no digit, as a numeral or a word, directly precedes `start`.
    private func isBeginning(_ start: Int) -> Bool {
        guard start > 1, codes[start - 1] == 0x20 else { return true }
        var index = start - 1
        while index > 0, start - index < 20, codes[index - 1].isWord { index -= 1 }
        return index == start - 1 || !(codes[index].isDigit || NumberWords.read(codes, at: index) != nil)
    }

    /// The evidence for a card.
    private enum Certainty {
        /// Only an announcement.
        case announced
        /// The check digit, with the issuer's range, the grouping and the words around it.
        case checked
    }

    private func certainty(_ run: NumberRun, _ count: Int, isInside: Bool) -> Certainty? {
        let circulation = IssuerRanges.circulation(run.digits, count)
        guard Checksums.luhn(run.digits[..<count]) else {
            // If a card is announced, a mistyped one is redacted too.
            return context.kind == .card && !isInside && circulation != nil && count >= 15 ? .announced : nil
        }
        if circulation == .common, !isInside || count <= 16 {
            return isPrinted(run, count) || (!isInside && !context.isReference && isPlausible(run, count))
                ? .checked : nil
        }
        if isInside { return nil }
        if context.kind == .card { return .checked }
        guard context.kind == nil, !context.isReference, isPrinted(run, count), !isNoted(run, count) else { return nil }
        if circulation == nil {
            // Without a known issuer, the grouping must be that of a card.
            return count >= 16 && count == run.count && Self.isQuartered(run.groups(count)) ? .checked : nil
        }
        let isProduct = run.groups(count).count == 1 && Checksums.isProductCode(run.digits[..<count])
        return isProduct && !context.isPaymentTalk ? nil : .checked
    }

    /// Whether the card may end at `end`; letters may follow if none precede the card.
    private func isCardEnd(_ end: Int, isInside: Bool) -> Bool {
        guard end < codes.count else { return true }
        let next = codes[end]
        if next.isLetter { return codes[end - 1].isLetter || !isInside && !isLongWord(around: end) }
        return !next.isDigit && next != UInt8(ascii: "@") && !isIdentifier(from: end)
    }

    /// Whether the word around `index` is too long to be a card joined to a word; it is then a hash or a key.
    private func isLongWord(around index: Int) -> Bool {
        var start = index
        while start > 0, index - start < 40, codes[start - 1].isWord { start -= 1 }
        return end(from: index, limit: 40) { $0.isWord } - start > 28
    }

    /// Whether the digits are grouped as on a card, in one group, or all single.
    private func isPrinted(_ run: NumberRun, _ count: Int) -> Bool {
        if run.isSpacedOut(count) { return run.isUniform(count) }
        return Self.isPrinted(run.groups(count)) || Self.isPrinted(run.groups(count, joiningLines: true))
    }

    private static func isPrinted(_ groups: [Int]) -> Bool {
        groups.count == 1 || isQuartered(groups) || groups == [4, 6, 5] || groups == [4, 6, 4]
    }

    private static func isQuartered(_ groups: [Int]) -> Bool {
        groups.count > 2 && groups.dropLast().allSatisfy { $0 == 4 }
    }

    /// Whether the grouping is plausible for a card typed by a person: two or three groups.
    private func isPlausible(_ run: NumberRun, _ count: Int) -> Bool {
        let groups = run.groups(count, joiningLines: true)
        return run.isUniform(count) && groups.count <= 3 && groups.allSatisfy { $0 >= 3 }
    }

    /// Whether the words after it say that it is a number of the business ("… is my order number").
    private func isNoted(_ run: NumberRun, _ count: Int) -> Bool {
        var index = run.ends[count - 1]
        for _ in 0..<6 {
            index = end(from: index, limit: 2) { $0 == 0x20 }
            let end = end(from: index, limit: 20) { $0.isWord }
            guard end > index, let word = ContextWords.canonical(codes[index..<end]) else { return false }
            switch ContextWords.meaning(ContextWords.combine(ContextWords.seed, word)) {
            case .reference: return true
            case .filler, .copula: index = end
            default: return false
            }
        }
        return false
    }
}

extension NumberRun.Gap {
    /// The separator for a character; ``none`` for characters not allowed in strict runs.
    fileprivate init(_ code: UInt8) {
        switch code {
        case UInt8(ascii: "-"): self = .dash
        case UInt8(ascii: "."): self = .dot
        case UInt8(ascii: "/"): self = .slash
        default: self = .none
        }
    }
}
