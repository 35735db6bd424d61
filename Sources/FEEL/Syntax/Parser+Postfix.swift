extension Parser {
    /// The name behind a dot.
    mutating func parsePath(_ source: Syntax) throws(SyntaxError) -> Syntax {
        guard case .word(let word) = token.kind else { throw unexpected("a name") }
        let name: String
        if let match = memberMatch(word, of: source.type) {
            name = match.name
            try move(to: match.end)
        } else {
            name = try parseUndeclaredName()
        }
        return try Syntax(
            .path(source, name: name),
            at: source.position,
            type: source.type.member(name) ?? .any,
            over: [source]
        )
    }

    private func memberMatch(_ word: String, of type: FEELType) -> (name: String, end: Int)? {
        let names = type.memberNames
        guard !names.isEmpty else { return nil }
        var index = NameIndex()
        for name in names { index.insert(Name.normalised(name)) }
        guard let match = index.longestMatch(word: word, in: lexer.text, at: token.start) else { return nil }
        let name = names.first { Name.normalised($0) == match.name } ?? match.name
        return (name, match.end)
    }

    /// `[…]` behind an operand.
    mutating func parseFilter(_ source: Syntax) throws(SyntaxError) -> Syntax {
        try enter()
        defer { leave() }
        try advance()
        let slot = allocateSlot()
        let itemType = source.type.element
        scopes.append(LocalScope(kind: .filter(itemSlot: slot, itemType: itemType), function: functions.count - 1))
        let condition = try parseExpression()
        popScope()
        try expect(.rightBracket)
        let type = condition.type == .number ? itemType : FEELType.list(itemType)
        return try Syntax(
            .filter(source, itemSlot: slot, condition: condition),
            at: source.position,
            type: type,
            over: [source, condition]
        )
    }

    /// `(…)` behind an operand.
    mutating func parseCall(_ callee: Syntax) throws(SyntaxError) -> Syntax {
        try enter()
        defer { leave() }
        try advance()
        let arguments = try parseArguments()
        try expect(.rightParenthesis)
        let type: FEELType = if case .function(_, let result) = callee.type { result } else { .any }
        return try Syntax(
            .call(callee, arguments),
            at: callee.position,
            type: type,
            over: [callee] + arguments.syntaxes
        )
    }

    private mutating func parseArguments() throws(SyntaxError) -> Syntax.Arguments {
        if token.isSign(.rightParenthesis) { return .positional([]) }
        guard nameBeforeColon() != nil else {
            var values = [try parseOperand()]
            while try accept(.comma) { values.append(try parseOperand()) }
            return .positional(values)
        }
        var pairs: [(name: String, value: Syntax)] = []
        repeat {
            guard let (name, end) = nameBeforeColon() else { throw unexpected("a parameter's name and ':'") }
            let start = position
            guard !pairs.contains(where: { $0.name == name }) else {
                throw SyntaxError(code: .duplicate, message: "the argument '\(name)' occurs twice", position: start)
            }
            try move(to: end)
            try expect(.colon)
            pairs.append((name, try parseOperand()))
        } while try accept(.comma)
        return .named(pairs)
    }

    /// The name that stands at the token and ends at a colon, with the colon's index.
    func nameBeforeColon() -> (name: String, end: Int)? {
        guard case .word = token.kind else { return nil }
        var end = token.start
        let text = lexer.text
        while end < text.count, end - token.start < 1_000 {
            if text[end] == ":" { return (Name.normalised(lexer.string(token.start, end)), end) }
            guard Name.isPart(text[end]) || Name.isAdditionalSymbol(text[end]) || Name.isSpace(text[end]) else {
                return nil
            }
            end += 1
        }
        return nil
    }

    /// A name being declared, up to a keyword, or a sign that names cannot have.
    mutating func parseDeclaredName() throws(SyntaxError) -> String {
        guard case .word = token.kind else { throw unexpected("a name") }
        let text = lexer.text
        var end = token.start
        while end < text.count {
            if Name.isPart(text[end]) {
                let wordEnd = lexer.wordEnd(end)
                if end > token.start, Self.endsNames(lexer.string(end, wordEnd)) { break }
                end = wordEnd
            } else if Name.isAdditionalSymbol(text[end]) || Name.isSpace(text[end]) {
                end += 1
            } else {
                break
            }
        }
        let name = Name.normalised(lexer.string(token.start, end))
        try move(to: end)
        return name
    }
}
