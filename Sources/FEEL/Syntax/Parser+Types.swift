extension Parser {
    /// A type (grammar rules 52 and 53); nil for a name that no type has.
    ///
    /// When strict, `list`, `range`, `context` and `function` need their parameters.
    mutating func parseType(isStrict: Bool = false) throws(SyntaxError) -> FEELType? {
        try enter()
        defer { leave() }
        guard case .word(let word) = token.kind else { throw unexpected("a type") }
        let start = token
        if ["list", "range", "context", "function"].contains(word) {
            try advance()
            if token.isSign(.less) { return try parseParameterisedType(word) }
            if isStrict, scope.type(named: word) == nil { return nil }
            token = start
        }
        if let match = typeMatch(word) {
            try move(to: match.end)
            return FEELType(builtinName: match.name) ?? scope.type(named: match.name)
        }
        repeat {
            _ = try parseUndeclaredName()
        } while try accept(.dot)
        return nil
    }

    private func typeMatch(_ word: String) -> (name: String, end: Int)? {
        let builtin = Self.builtinTypes.longestMatch(word: word, in: lexer.text, at: token.start)
        let declared = scope.typeIndex.longestMatch(word: word, in: lexer.text, at: token.start)
        guard let builtin, builtin.end >= declared?.end ?? 0 else { return declared ?? builtin }
        return builtin
    }

    private mutating func parseParameterisedType(_ word: String) throws(SyntaxError) -> FEELType? {
        try expect(.less)
        switch word {
        case "context": return try parseContextType()
        case "function": return try parseFunctionType()
        default:
            let element = try parseType()
            try expect(.greater)
            return element.map { word == "list" ? .list($0) : .range($0) }
        }
    }

    private mutating func parseContextType() throws(SyntaxError) -> FEELType? {
        var entries: [FEELType.Entry] = []
        var isKnown = true
        repeat {
            guard let (name, end) = nameBeforeColon() else { throw unexpected("a name and ':'") }
            try move(to: end)
            try expect(.colon)
            if let type = try parseType() {
                entries.append(FEELType.Entry(name: name, type: type))
            } else {
                isKnown = false
            }
        } while try accept(.comma)
        try expect(.greater)
        return isKnown ? .context(entries) : nil
    }

    private mutating func parseFunctionType() throws(SyntaxError) -> FEELType? {
        var parameters: [FEELType?] = []
        if !token.isSign(.greater) {
            repeat { parameters.append(try parseType()) } while try accept(.comma)
        }
        try expect(.greater)
        try expect(.arrow)
        let result = try parseType()
        let known = parameters.compactMap(\.self)
        guard let result, known.count == parameters.count else { return nil }
        return .function(known, result)
    }

    private static let builtinTypes: NameIndex = {
        var index = NameIndex()
        for name in [
            "Any", "Null", "number", "string", "boolean", "date", "time", "date and time", "dateTime",
            "years and months duration", "yearMonthDuration", "days and time duration", "dayTimeDuration", "list",
            "context", "function", "range",
        ] {
            index.insert(name)
        }
        return index
    }()
}

extension FEELType {
    /// Reads a type as the language writes it: `list<number>`, `function<string> -> boolean`, a declared name.
    ///
    /// - Throws: ``SyntaxError`` when the text is no type or names one that `scope` does not declare.
    public init(_ text: String, in scope: Scope = Scope()) throws(SyntaxError) {
        var parser = Parser(text, scope: scope)
        try parser.move(to: 0)
        guard let type = try parser.parseType() else {
            throw SyntaxError(
                code: .unexpected,
                message: "there is no type '\(text)'",
                position: SourcePosition()
            )
        }
        guard parser.token.kind == .end else { throw parser.unexpected("the end of the type") }
        self = type
    }

    /// A type that values of all these types fit, with the members that any of them has.
    static func merged(_ types: [FEELType]) -> FEELType {
        var entries: [Entry] = []
        var positions: [String: Int] = [:]
        for type in types {
            if type == .null { continue }
            guard case .context(let more) = type else { return .any }
            for entry in more {
                if let position = positions[entry.name] {
                    if entries[position].type != entry.type {
                        entries[position] = Entry(name: entry.name, type: .any)
                    }
                } else {
                    positions[entry.name] = entries.count
                    entries.append(entry)
                }
            }
        }
        return entries.isEmpty ? .any : .context(entries)
    }

    /// What iterating over a value of this type yields.
    var iterated: FEELType {
        switch self {
        case .list(let element), .range(let element): element
        default: self
        }
    }
}
