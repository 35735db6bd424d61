import IEEEDecimal

/// Reads tokens from the text of an expression.
///
/// Names with spaces are the parser's business: they depend on scope.
struct Lexer {
    let text: [Unicode.Scalar]
    private let lineStarts: [Int]

    init(_ text: String) {
        self.text = Array(text.unicodeScalars)
        var lineStarts = [0]
        for index in self.text.indices where self.text[index] == "\n" { lineStarts.append(index + 1) }
        self.lineStarts = lineStarts
    }

    /// The line and column of an index of the text.
    func position(_ index: Int) -> SourcePosition {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return SourcePosition(line: low + 1, column: index - lineStarts[low] + 1)
    }

    /// The token at or after an index.
    func token(at index: Int) throws(SyntaxError) -> Token {
        let start = try skippingBlanks(index)
        guard start < text.count else { return Token(kind: .end, start: start, end: start) }
        let scalar = text[start]
        if Self.isDigit(scalar) || (scalar == "." && start + 1 < text.count && Self.isDigit(text[start + 1])) {
            return try number(at: start)
        }
        if Name.isStart(scalar) {
            let end = wordEnd(start)
            return Token(kind: .word(string(start, end)), start: start, end: end)
        }
        if scalar == "\"" { return try quoted(at: start) }
        return try sign(at: start)
    }

    func string(_ start: Int, _ end: Int) -> String { String(String.UnicodeScalarView(text[start..<end])) }

    func wordEnd(_ start: Int) -> Int {
        var end = start
        while end < text.count, Name.isPart(text[end]) { end += 1 }
        return end
    }

    /// The index after white space and comments.
    func skippingBlanks(_ start: Int) throws(SyntaxError) -> Int {
        var index = start
        while index < text.count {
            if Name.isSpace(text[index]) {
                index += 1
            } else if text[index] == "/", index + 1 < text.count, text[index + 1] == "/" {
                while index < text.count, text[index] != "\n", text[index] != "\r" { index += 1 }
            } else if text[index] == "/", index + 1 < text.count, text[index + 1] == "*" {
                index = try commentEnd(index)
            } else {
                break
            }
        }
        return index
    }

    private func commentEnd(_ start: Int) throws(SyntaxError) -> Int {
        var index = start + 2
        while index + 1 < text.count {
            if text[index] == "*" && text[index + 1] == "/" { return index + 2 }
            index += 1
        }
        throw SyntaxError(code: .incomplete, message: "a comment that does not end", position: position(start))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

    private func number(at start: Int) throws(SyntaxError) -> Token {
        var end = digitsEnd(start)
        if end + 1 < text.count, text[end] == ".", Self.isDigit(text[end + 1]) { end = digitsEnd(end + 1) }
        if end < text.count, text[end] == "e" || text[end] == "E" {
            var exponent = end + 1
            if exponent < text.count, text[exponent] == "+" || text[exponent] == "-" { exponent += 1 }
            if exponent < text.count, Self.isDigit(text[exponent]) { end = digitsEnd(exponent) }
        }
        guard end - start <= 10_000, let value = Decimal128(string(start, end)), value.isFinite else {
            throw SyntaxError(code: .literal, message: "a number out of range", position: position(start))
        }
        return Token(kind: .number(value), start: start, end: end)
    }

    private func digitsEnd(_ start: Int) -> Int {
        var end = start
        while end < text.count, Self.isDigit(text[end]) { end += 1 }
        return end
    }

    private func sign(at start: Int) throws(SyntaxError) -> Token {
        let next: Unicode.Scalar? = start + 1 < text.count ? text[start + 1] : nil
        if let next, let sign = Self.sign(text[start], next) {
            return Token(kind: .sign(sign), start: start, end: start + 2)
        }
        guard let sign = Self.sign(text[start]) else {
            throw SyntaxError(
                code: .unexpected,
                message: "the character '\(text[start])' has no place here",
                position: position(start)
            )
        }
        return Token(kind: .sign(sign), start: start, end: start + 1)
    }

    private static func sign(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Token.Sign? {
        switch (first, second) {
        case ("*", "*"): .power
        case ("!", "="): .notEqual
        case ("<", "="): .lessOrEqual
        case (">", "="): .greaterOrEqual
        case ("-", ">"): .arrow
        case (".", "."): .dots
        default: nil
        }
    }

    private static func sign(_ scalar: Unicode.Scalar) -> Token.Sign? {
        switch scalar {
        case "+": .plus
        case "-": .minus
        case "*": .times
        case "/": .divide
        case "=": .equal
        case "<": .less
        case ">": .greater
        case ".": .dot
        case ",": .comma
        case ":": .colon
        case "@": .at
        case "(": .leftParenthesis
        case ")": .rightParenthesis
        case "[": .leftBracket
        case "]": .rightBracket
        case "{": .leftBrace
        case "}": .rightBrace
        default: nil
        }
    }
}

extension Lexer {
    private func quoted(at start: Int) throws(SyntaxError) -> Token {
        var result = String.UnicodeScalarView()
        var index = start + 1
        while index < text.count {
            let scalar = text[index]
            if scalar == "\"" { return Token(kind: .string(String(result)), start: start, end: index + 1) }
            if scalar == "\\" {
                index = escape(at: index, into: &result)
            } else {
                result.append(scalar)
                index += 1
            }
        }
        throw SyntaxError(code: .incomplete, message: "a string that does not end", position: position(start))
    }

    /// Reads an escape; a backslash before any other character stands for itself, as regular expressions need.
    private func escape(at start: Int, into result: inout String.UnicodeScalarView) -> Int {
        guard start + 1 < text.count else { return start + 1 }
        switch text[start + 1] {
        case "n": result.append("\n")
        case "r": result.append("\r")
        case "t": result.append("\t")
        case "\"": result.append("\"")
        case "'": result.append("'")
        case "\\": result.append("\\")
        case "u", "U":
            if let end = unicodeEscape(at: start, into: &result) { return end }
            result.append("\\")
            return start + 1
        default:
            result.append("\\")
            return start + 1
        }
        return start + 2
    }

    private func unicodeEscape(at start: Int, into result: inout String.UnicodeScalarView) -> Int? {
        let digits = text[start + 1] == "u" ? 4 : 6
        guard let code = hexadecimal(start + 2, digits) else { return nil }
        let end = start + 2 + digits
        if let scalar = Unicode.Scalar(code) {
            result.append(scalar)
            return end
        }
        guard code >= 0xD800, code < 0xDC00, end + 1 < text.count, text[end] == "\\",
            text[end + 1] == "u", let low = hexadecimal(end + 2, 4), low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
        else {
            result.append("\u{FFFD}")
            return end
        }
        result.append(scalar)
        return end + 6
    }

    private func hexadecimal(_ start: Int, _ count: Int) -> UInt32? {
        guard start + count <= text.count else { return nil }
        var value: UInt32 = 0
        for scalar in text[start..<start + count] {
            guard let digit = Character(scalar).hexDigitValue, scalar.isASCII else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
