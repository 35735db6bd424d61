import IEEEDecimal

extension Parser {
    /// Negation, or an operand with what follows it.
    mutating func parseUnary() throws(SyntaxError) -> Syntax {
        guard token.isSign(.minus) else { return try parsePostfix(parsePrimary()) }
        let start = position
        try advance()
        if case .number(let number) = token.kind {
            try advance()
            return try parsePostfix(Syntax(leaf: .constant(.number(-number)), at: start, type: .number))
        }
        try enter()
        defer { leave() }
        let operand = try parseUnary()
        return try Syntax(.negation(operand), at: start, type: operand.type, over: [operand])
    }

    /// Paths, filters, calls and `instance of` behind an operand.
    mutating func parsePostfix(_ first: Syntax) throws(SyntaxError) -> Syntax {
        var left = first
        while true {
            if token.isSign(.dot) {
                try advance()
                left = try parsePath(left)
            } else if token.isSign(.leftBracket), !closesRange() {
                left = try parseFilter(left)
            } else if token.isSign(.leftParenthesis) {
                left = try parseCall(left)
            } else if token.isWord("instance") {
                try advance()
                try expect("of")
                let start = token.start
                let type = try parseType(isStrict: true)
                left = try instance(left, of: type, written: lexer.string(start, token.start), at: start)
            } else {
                return left
            }
        }
    }

    private mutating func instance(
        _ value: Syntax,
        of type: FEELType?,
        written text: String,
        at start: Int
    )
        throws(SyntaxError) -> Syntax
    {
        guard let type else {
            noteUnknown(Name.normalised(text), at: lexer.position(start))
            return try Syntax(
                .unknown(Name.normalised(text)),
                at: lexer.position(start),
                type: .boolean,
                over: [value]
            )
        }
        return try Syntax(.instanceOf(value, type), at: value.position, type: .boolean, over: [value])
    }

    /// Whether `[` here closes a range: nothing follows that could begin a filter.
    private func closesRange() -> Bool {
        guard isRangeEnd else { return false }
        guard let next = try? lexer.token(at: token.end) else { return false }
        switch next.kind {
        case .number, .string: return false
        case .word(let word): return Name.keywords.subtracting(Self.startingKeywords).contains(word)
        case .sign(let sign): return ![.minus, .at, .leftParenthesis, .leftBrace].contains(sign)
        case .end: return true
        }
    }

    /// Whether `]` behind `[` opens a range, as in `[]1..5]]`: an operand follows, which cannot stand behind a list.
    private func opensRange() -> Bool {
        guard let next = try? lexer.token(at: token.end) else { return false }
        switch next.kind {
        case .number, .string, .sign(.at): return true
        case .word(let word): return !Name.keywords.contains(word)
        default: return false
        }
    }

    private static let startingKeywords: Set<String> = [
        "true", "false", "null", "if", "for", "some", "every", "function",
    ]

    mutating func parsePrimary() throws(SyntaxError) -> Syntax {
        let start = position
        switch token.kind {
        case .number(let number):
            try advance()
            return Syntax(leaf: .constant(.number(number)), at: start, type: .number)
        case .string(let string):
            try advance()
            return Syntax(leaf: .constant(.string(string)), at: start, type: .string)
        case .word(let word): return try parseWord(word)
        case .sign(.at): return try parseAtLiteral()
        case .sign(.leftParenthesis): return try parseParenthesis()
        case .sign(.leftBracket): return try parseBracket()
        case .sign(.rightBracket):
            try advance()
            let from = try parseExpression()
            guard token.isSign(.dots) else { throw unexpected("'..'") }
            return try parseRange(from: from, startIncluded: false, at: start)
        case .sign(.leftBrace): return try parseContext()
        default:
            if let range = try parseOperatorRange() { return range }
            throw unexpected("an expression")
        }
    }

    private mutating func parseAtLiteral() throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        guard case .string(let string) = token.kind else { throw unexpected("a string") }
        try advance()
        guard let value = TemporalText.value(string) else {
            return Syntax(
                leaf: .invalid("\(Value.quoted(string)) is no date, time or duration"),
                at: start,
                type: .null
            )
        }
        return Syntax(leaf: .constant(value), at: start, type: value.staticType)
    }

    private mutating func parseParenthesis() throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        if let range = try parseOperatorRange() {
            try expect(.rightParenthesis)
            return range
        }
        let inner = try parseExpression()
        if token.isSign(.dots) { return try parseRange(from: inner, startIncluded: false, at: start) }
        try expect(.rightParenthesis)
        return inner
    }

    private mutating func parseBracket() throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        if token.isSign(.rightBracket), !opensRange() {
            try advance()
            return Syntax(leaf: .list([]), at: start, type: .list(.any))
        }
        var items = [try parseOperand()]
        if token.isSign(.dots) { return try parseRange(from: items[0], startIncluded: true, at: start) }
        while try accept(.comma) { items.append(try parseOperand()) }
        try expect(.rightBracket)
        let first = items[0].type
        let element = items.allSatisfy { $0.type == first } ? first : FEELType.merged(items.map(\.type))
        return try Syntax(.list(items), at: start, type: .list(element), over: items)
    }

    /// An expression, or an operator with an operand as a range.
    mutating func parseOperand() throws(SyntaxError) -> Syntax {
        if let range = try parseOperatorRange() { return range }
        return try parseExpression()
    }

    /// The rest of a range, from `..` to the closing bracket.
    mutating func parseRange(
        from start: Syntax,
        startIncluded: Bool,
        at position: SourcePosition
    )
        throws(SyntaxError) -> Syntax
    {
        try expect(.dots)
        let outer = isRangeEnd
        isRangeEnd = true
        defer { isRangeEnd = outer }
        let end = try parseOperation(.additive)
        let endIncluded = token.isSign(.rightBracket)
        guard endIncluded || token.isSign(.rightParenthesis) || token.isSign(.leftBracket) else {
            throw unexpected("']', ')' or '['")
        }
        try advance()
        return try Syntax(
            .range(start: start, startIncluded: startIncluded, end: end, endIncluded: endIncluded),
            at: position,
            type: .range(start.type),
            over: [start, end]
        )
    }

    private mutating func parseWord(_ word: String) throws(SyntaxError) -> Syntax {
        let start = position
        let match = longestName(word)
        if Name.keywords.contains(word), (match?.end ?? 0) <= token.end { return try parseKeyword(word) }
        if let match {
            let name = token
            try move(to: match.end)
            if case .word(let next) = token.kind, !Self.endsNames(next) {
                token = name
            } else {
                let syntax = try resolve(match.name, at: start)
                if case .unknown = syntax.kind { noteUnknown(match.name, at: start) }
                return syntax
            }
        }
        let name = try parseUndeclaredName()
        let syntax = try resolve(name, at: start)
        if case .unknown = syntax.kind { noteUnknown(name, at: start) }
        return syntax
    }

    static func endsNames(_ word: String) -> Bool {
        Name.keywords.contains(word) && !["true", "false", "null"].contains(word)
    }

    /// Words up to a keyword or sign, as one name.
    mutating func parseUndeclaredName() throws(SyntaxError) -> String {
        guard case .word(let first) = token.kind else { throw unexpected("a name") }
        var name = first
        try advance()
        while true {
            if case .word(let word) = token.kind, !Self.endsNames(word) {
                name += " " + word
            } else if case .number = token.kind, lexer.text[token.start] != "." {
                let end = lexer.wordEnd(token.start)
                name += " " + lexer.string(token.start, end)
                try move(to: end)
                continue
            } else {
                return name
            }
            try advance()
        }
    }

    private mutating func parseKeyword(_ word: String) throws(SyntaxError) -> Syntax {
        let start = position
        switch word {
        case "true", "false":
            try advance()
            return Syntax(leaf: .constant(.boolean(word == "true")), at: start, type: .boolean)
        case "null":
            try advance()
            return Syntax(leaf: .constant(.null), at: start, type: .null)
        case "if": return try parseConditional()
        case "for": return try parseFor()
        case "some", "every": return try parseQuantified(every: word == "every")
        case "function": return try parseFunction(ownSlot: nil)
        default: throw unexpected("an expression")
        }
    }
}
