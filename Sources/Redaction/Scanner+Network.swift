extension Scanner {
    /// A MAC address: six pairs of letters or digits joined by colons or hyphens, or three groups of four joined by
    /// dots.
    func hardwareAddress(at start: Int) -> Match? {
        for (size, count, separators) in [(2, 6, ":-"), (4, 3, ".")] {
            for separator in separators.utf8 {
                if let end = groups(at: start, size: size, count: count, separator: separator) {
                    return Match(kind: .mac, range: start..<end)
                }
            }
        }
        return nil
    }

    private func groups(at start: Int, size: Int, count: Int, separator: UInt8) -> Int? {
        let end = start + size * count + count - 1
        guard end <= codes.count, isEnd(end) else { return nil }
        var letters = 0
        for offset in 0..<(end - start) {
            let code = codes[start + offset]
            if offset % (size + 1) == size {
                guard code == separator else { return nil }
            } else {
                guard separator == UInt8(ascii: ":") ? code.isLetter || code.isDigit : code.isHex else { return nil }
                letters += code.isLetter ? 1 : 0
            }
        }
        let isDummy = Set(codes[start..<end]).count == 2
        guard !isDummy, end == codes.count || codes[end] != separator else { return nil }
        return separator == UInt8(ascii: ":") || letters > 0 ? end : nil
    }

    /// An IPv4 or IPv6 address.
    func internetAddress(at start: Int) -> Match? {
        guard codes[start].isHex else { return nil }
        let end = dottedQuad(at: start) ?? colonGroups(at: start)
        return end.map { Match(kind: .ip, range: start..<$0) }
    }

    /// The end of four decimal numbers up to 255; version numbers are not matched.
    ///
    /// Spaces inside are allowed only after the word "IP".
    private func dottedQuad(at start: Int) -> Int? {
        guard codes[start].isDigit, !context.isReference || !context.isAdjacent else { return nil }
        let allowsSpaces = context.kind == .ip
        var index = start
        var value = 0
        var length = 0
        var dots = 0
        var digits = 0
        var end = start
        while index < codes.count, index - start < 40 {
            let code = codes[index]
            if code.isDigit {
                value = value * 10 + Int(code - 0x30)
                length += 1
                guard length <= 3, value <= 255 else { return nil }
                digits |= 1 << Int(code - 0x30)
                end = index + 1
            } else if code == UInt8(ascii: "."), length > 0, dots < 3 {
                (value, length, dots) = (0, 0, dots + 1)
            } else if !(allowsSpaces && code == 0x20
                && (dots < 3 || index + 1 < codes.count && codes[index + 1].isDigit))
            {
                break
            }
            index += 1
        }
        guard dots == 3, length > 0, digits.nonzeroBitCount > 1, isEnd(end) else { return nil }
        if end + 1 < codes.count, codes[end] == UInt8(ascii: "."), codes[end + 1].isDigit { return nil }
        return end
    }

    /// The end of eight hexadecimal groups, or fewer around one "::", with at least one decimal digit.
    private func colonGroups(at start: Int) -> Int? {
        var index = start
        var groups = 0
        var isShortened = false
        var hasDigit = false
        while groups < 8 {
            let end = end(from: index, limit: 5) { $0.isHex }
            guard end - index <= 4 else { return nil }
            if end > index {
                groups += 1
                hasDigit = hasDigit || codes[index..<end].contains { $0.isDigit }
            }
            guard end + 1 < codes.count, codes[end] == UInt8(ascii: ":"), groups < 8 else { return finish(end) }
            if codes[end + 1] == UInt8(ascii: ":") {
                guard !isShortened else { return nil }
                isShortened = true
                index = end + 2
                if index == codes.count || !codes[index].isHex { return finish(index) }
            } else if codes[end + 1].isHex {
                index = end + 1
            } else {
                return finish(end)
            }
        }
        return nil

        func finish(_ end: Int) -> Int? {
            (isShortened ? groups >= 2 : groups == 8) && hasDigit && isEnd(end) ? end : nil
        }
    }
}
