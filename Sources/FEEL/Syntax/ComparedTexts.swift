/// The texts that a cell of a decision table names.
///
/// Found by reading tokens, for those who ask which names a table knows.
package struct CellTexts: Sendable, Hashable {
    /// What the cell lets pass.
    package enum Content: Sendable, Hashable {
        /// Everything: `-`.
        case everything
        /// These texts: `"a", "b"`.
        case texts([String])
        /// Everything but these texts: `not("a", "b")`.
        case others([String])
        /// What no list of texts tells.
        case test
    }

    /// What the cell lets pass.
    package let content: Content

    /// Reads a cell.
    package init(_ cell: String) {
        let tokens = TokenList(cell).tokens
        if tokens.isEmpty || (tokens.count == 1 && tokens[0].isSign(.minus)) {
            content = .everything
        } else if let texts = TokenList.texts(tokens[...]) {
            content = .texts(texts)
        } else if tokens.count > 2, tokens[0].isWord("not"), tokens[1].isSign(.leftParenthesis) {
            content = .others(TokenList.texts(tokens[2..<(tokens.count - 1)]) ?? [])
        } else {
            content = .test
        }
    }

    /// Every text that the cell names, whether it lets it pass or not.
    package var named: [String] {
        switch content {
        case .texts(let texts), .others(let texts): texts
        case .everything, .test: []
        }
    }
}

/// The texts that an expression compares a member with.
package enum ComparedTexts {
    /// The texts that stand beside a name, or a path that ends in it: `request.action = "refund"`, `action in ("a", "b")`,
    /// `list contains(["a"], action)`.
    package static func with(_ name: String, in expression: String) -> [String] {
        let tokens = TokenList(expression).tokens
        var result: [String] = []
        for (end, token) in tokens.enumerated() where token.isWord(name) {
            var start = end
            while start >= 2, tokens[start - 1].isSign(.dot), case .word = tokens[start - 2].kind { start -= 2 }
            result += after(end, in: tokens) + before(start, in: tokens)
        }
        return result
    }

    /// The last word of a text that is a path and nothing else, such as `action` of `request.action`.
    package static func lastWord(ofPath text: String) -> String? {
        let tokens = TokenList(text).tokens
        guard tokens.count % 2 == 1 else { return nil }
        var last: String?
        for (place, token) in tokens.enumerated() {
            if place % 2 == 1 {
                guard token.isSign(.dot) else { return nil }
            } else {
                guard case .word(let word) = token.kind else { return nil }
                last = word
            }
        }
        return last
    }

    private static func after(_ end: Int, in tokens: [Token]) -> [String] {
        guard end + 2 < tokens.count else { return [] }
        let next = tokens[end + 1]
        if next.isSign(.equal) || next.isSign(.notEqual), case .string(let text) = tokens[end + 2].kind {
            return [text]
        }
        guard next.isWord("in") else { return [] }
        if case .string(let text) = tokens[end + 2].kind { return [text] }
        let isOpening = tokens[end + 2].isSign(.leftParenthesis) || tokens[end + 2].isSign(.leftBracket)
        let closing = tokens[(end + 3)...].firstIndex { $0.isSign(.rightParenthesis) || $0.isSign(.rightBracket) }
        guard isOpening, let closing else { return [] }
        return TokenList.texts(tokens[(end + 3)..<closing]) ?? []
    }

    private static func before(_ start: Int, in tokens: [Token]) -> [String] {
        guard start >= 2 else { return [] }
        let last = tokens[start - 1]
        if last.isSign(.equal) || last.isSign(.notEqual), case .string(let text) = tokens[start - 2].kind {
            return [text]
        }
        guard last.isSign(.comma), tokens[start - 2].isSign(.rightBracket),
            let opening = tokens[..<(start - 2)].lastIndex(where: { $0.isSign(.leftBracket) })
        else { return [] }
        return TokenList.texts(tokens[(opening + 1)..<(start - 2)]) ?? []
    }
}

/// The tokens of a text up to its end, or to its first mistake.
private struct TokenList {
    private(set) var tokens: [Token] = []

    init(_ text: String) {
        let lexer = Lexer(text)
        var index = 0
        while let token = try? lexer.token(at: index), token.kind != .end {
            tokens.append(token)
            index = token.end
        }
    }

    /// The texts of a list of nothing but texts and commas; nil for any other.
    static func texts(_ tokens: ArraySlice<Token>) -> [String]? {
        var texts: [String] = []
        for (place, token) in tokens.enumerated() {
            if place % 2 == 1 {
                guard token.isSign(.comma) else { return nil }
            } else {
                guard case .string(let text) = token.kind else { return nil }
                texts.append(text)
            }
        }
        return texts.isEmpty ? nil : texts
    }
}
