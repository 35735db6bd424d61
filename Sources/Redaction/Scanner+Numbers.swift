extension Scanner {
    /// The sensitive value in a run of digits at `start`, if any.
    func number(at start: Int) -> Match? {
        if codes[start].isDigit, let match = digitWallet(at: start) ?? spanishIdentity(at: start) { return match }
        guard start + 1 < codes.count || codes[start].isDigit else { return nil }
        let run = NumberRun(codes, at: start)
        return classify(run, from: start)
    }

    /// A number of at least four digits that begins with a digit word.
    func spokenNumber(at start: Int) -> Match? {
        guard NumberWords.read(codes, at: start) != nil else { return nil }
        let run = NumberRun(codes, at: start)
        return run.count >= 4 ? classify(run, from: start) : card(run, at: start)
    }

    private func classify(_ run: NumberRun, from start: Int) -> Match? {
        if let card = card(run, at: start) { return card }
        guard run.count >= 3, !run.isDummy else { return nil }
        let found =
            nationalNumber(run) ?? announcedNumber(run)
            ?? (context.isReference && context.isAdjacent ? nil : phone(run, at: start))
        guard let (kind, count) = found else { return nil }
        return Match(kind: kind, range: start..<closing(run.ends[count - 1], start))
    }

    /// Extends `end` past a closing parenthesis if the number began with an opening one.
    private func closing(_ end: Int, _ start: Int) -> Int {
        let opens = codes[start] == UInt8(ascii: "(") && !codes[start..<end].contains(UInt8(ascii: ")"))
        return opens && end < codes.count && codes[end] == UInt8(ascii: ")") ? end + 1 : end
    }

    private func mayEnd(_ run: NumberRun, _ count: Int) -> Bool {
        count <= run.count && run.isBoundary(count) && isEnd(run.ends[count - 1])
    }

    /// A national number recognised by its separators, its check digits, or both.
    private func nationalNumber(_ run: NumberRun) -> (RedactionKind, Int)? {
        guard !run.hasPlus else { return nil }
        if run.count >= 9, mayEnd(run, 9), run.groups(9, strong: true) == [3, 2, 4], run.gap(3) == .dash,
            isSocialSecurity(run)
        {
            return (.nationalID, 9)
        }
        if run.count >= 15, mayEnd(run, 15), Checksums.frenchSocialSecurity(run.digits[..<15]) {
            return (.nationalID, 15)
        }
        if run.count >= 13, mayEnd(run, 13), run.digits[..<3] == [7, 5, 6], run.groups(13) == [3, 4, 4, 2],
            Checksums.gs1(run.digits[..<13])
        {
            return (.nationalID, 13)
        }
        guard run.count >= 11, mayEnd(run, 11) else { return nil }
        let digits = run.digits[..<11]
        switch run.groups(11) {
        case [3, 3, 3, 2] where run.gap(9) == .dash && Checksums.brazilianTaxpayer(digits): return (.taxID, 11)
        case [2, 2, 2, 3, 2] where run.gap(6) == .dash && Checksums.belgianRegister(digits): return (.nationalID, 11)
        case [2, 3, 3, 3] where Checksums.germanTaxID(digits): return (.taxID, 11)
        default: return nil
        }
    }

    private func isSocialSecurity(_ run: NumberRun) -> Bool {
        let digits = run.digits
        let area = Int(digits[0]) * 100 + Int(digits[1]) * 10 + Int(digits[2])
        let hasSerial = digits[5..<9].contains { $0 > 0 }
        return area > 0 && area != 666 && hasSerial && (digits[3] > 0 || digits[4] > 0) && Set(digits[..<9]).count > 1
    }

    /// A Spanish identity number: eight digits and their control letter.
    private func spanishIdentity(at start: Int) -> Match? {
        let digits = end(from: start, limit: 9) { $0.isDigit }
        guard digits - start == 8, digits < codes.count else { return nil }
        let letter = codes[digits] == UInt8(ascii: "-") && digits + 1 < codes.count ? digits + 1 : digits
        let number = codes[start..<digits].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard codes[letter].isUppercase, isEnd(letter + 1), Checksums.spanishLetter(number) == codes[letter],
            !context.isReference
        else { return nil }
        return Match(kind: .nationalID, range: start..<(letter + 1))
    }

    /// A number whose kind the preceding words announce.
    private func announcedNumber(_ run: NumberRun) -> (RedactionKind, Int)? {
        guard let kind = context.kind, let bounds = Self.announcedLengths[kind] else { return nil }
        if (kind == .nationalID || kind == .taxID), run.count >= 10, isDate(run) { return nil }
        let all = run.count
        let count = bounds.contains(all) && mayEnd(run, all) ? all : bounds.reversed().first { mayEnd(run, $0) }
        guard let count, kind != .phone || !isDate(run) || run.hasPlus else { return nil }
        if kind == .code || kind == .pin || kind == .cvv, !context.isAdjacent { return nil }
        return (kind == .code && count == 3 ? .cvv : kind, count)
    }

    private static let announcedLengths: [RedactionKind: ClosedRange<Int>] = [
        .cvv: 3...4, .pin: 4...8, .code: 3...8, .phone: 7...15, .bankAccount: 6...18, .imei: 14...16,
        .nationalID: 7...15, .taxID: 7...13,
    ]

    /// Whether the digits are grouped as a calendar date.
    func isDate(_ run: NumberRun) -> Bool {
        let groups = run.groups(run.count)
        if groups == [8] {
            let values = run.digits.map(Int.init)
            let (month, day) = (values[4] * 10 + values[5], values[6] * 10 + values[7])
            return (19...20).contains(values[0] * 10 + values[1]) && (1...12).contains(month) && (1...31).contains(day)
        }
        guard groups.count >= 3 else { return false }
        let day = 1...2
        return groups[0] == 4 && day.contains(groups[1]) && day.contains(groups[2]) && (1...2).contains(run.digits[0])
            || day.contains(groups[0]) && day.contains(groups[1]) && groups[2] == 4 && run.gap(groups[0]) != .space
    }
}
