extension Scanner {
    /// An identifier of letters and digits, or a date of birth, announced by the preceding words.
    func announcedIdentifier(at start: Int) -> Match? {
        switch context.kind {
        case .some(let kind) where [.passport, .driverLicence, .nationalID, .taxID].contains(kind):
            return identifierEnd(at: start).map { Match(kind: kind, range: start..<$0) }
        case .birthDate:
            return dateEnd(at: start).map { Match(kind: .birthDate, range: start..<$0) }
        default:
            return codeBeforePurpose(at: start)
        }
    }

    /// The end of 5 to 24 upper-case letters and digits with at least four digits, not all the same.
    ///
    /// Fragments may be separated by a space or hyphen; the identifier ends after the last fragment with a digit.
    private func identifierEnd(at start: Int) -> Int? {
        var index = start
        var end = start
        var length = 0
        var digits = 0
        var seen = 0
        while index < codes.count, length <= 24 {
            let stop = self.end(from: index, limit: 25) { $0.isLetter || $0.isDigit }
            let fragment = codes[index..<stop]
            let count = fragment.count { $0.isDigit }
            guard !fragment.isEmpty, fragment.count < 25, isIdentifierFragment(fragment, digits: count) else { break }
            length += fragment.count
            digits += count
            for code in fragment where code.isDigit { seen |= 1 << Int(code - 0x30) }
            if count > 0 { end = stop }
            guard stop < codes.count, let next = nextFragment(after: stop) else { break }
            index = next
        }
        guard digits >= 4, length >= 5, seen.nonzeroBitCount > 1, isEnd(end) else { return nil }
        return end
    }

    private func isIdentifierFragment(_ fragment: ArraySlice<UInt8>, digits: Int) -> Bool {
        digits > 0 || (fragment.count <= 4 && fragment.allSatisfy { $0.isUppercase })
    }

    private func nextFragment(after index: Int) -> Int? {
        var next = index
        while next < codes.count, next - index < 2, codes[next] == 0x20 || codes[next] == UInt8(ascii: "-") {
            next += 1
        }
        return next > index && next < codes.count ? next : nil
    }

    /// The end of a calendar date, with the month in digits or as a word.
    private func dateEnd(at start: Int) -> Int? {
        guard codes[start].isDigit else { return nil }
        let run = NumberRun(codes, at: start)
        for count in [8, 7, 6] where count <= run.count && run.isBoundary(count) && isEnd(run.ends[count - 1]) {
            let groups = run.groups(count, strong: true)
            if groups.count == 3 || (groups.count == 2 && run.isSpacedOut(count)) || (groups.count == 1 && count == 8) {
                return Set(run.digits[..<count]).count > 1 ? run.ends[count - 1] : nil
            }
        }
        return namedMonthEnd(from: start)
    }

    private func namedMonthEnd(from start: Int) -> Int? {
        var index = end(from: start, limit: 2) { $0.isDigit }
        index = end(from: index, limit: 4) { $0.isLowercase || $0 == UInt8(ascii: ".") || $0 == 0x20 }
        let month = end(from: index, limit: 12) { $0.isLetter }
        guard month - index >= 3 else { return nil }
        let year = end(from: month, limit: 3) { $0 == 0x20 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        let end = end(from: year, limit: 5) { $0.isDigit }
        return end - year == 4 ? end : nil
    }

    /// A code followed by its purpose: "957468 for 2FA".
    func codeBeforePurpose(at start: Int) -> Match? {
        let end = end(from: start, limit: 9) { $0.isDigit }
        guard (4...8).contains(end - start), isEnd(end), Set(codes[start..<end]).count > 1 else { return nil }
        for purpose: StaticString in [
            " for 2fa", " for otp", " for verification", " is my otp", " is the otp", " as otp", " to log in",
            " to login",
            " to sign in", " to verify",
        ]
        where stands(purpose, at: end) && isEnd(end + purpose.utf8CodeUnitCount) {
            return Match(kind: .code, range: start..<end)
        }
        return nil
    }
}
