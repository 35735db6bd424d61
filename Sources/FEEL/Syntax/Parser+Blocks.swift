extension Parser {
    mutating func parseConditional() throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        let condition = try parseExpression()
        try expect("then")
        let then = try parseExpression()
        try expect("else")
        let otherwise = try parseExpression()
        return try Syntax(
            .conditional(condition, then: then, otherwise: otherwise),
            at: start,
            type: then.type == otherwise.type ? then.type : FEELType.merged([then.type, otherwise.type]),
            over: [condition, then, otherwise]
        )
    }

    mutating func parseFor() throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        pushBlock()
        defer { popScope() }
        let iterators = try parseIterators()
        try expect("return")
        let partial = allocateSlot()
        declare("partial", slot: partial, type: .any)
        let body = try parseExpression()
        return try Syntax(
            .forLoop(iterators, partialSlot: usedPartials.contains(partial) ? partial : nil, body: body),
            at: start,
            type: .list(body.type),
            over: iterators.flatMap(\.syntaxes) + [body]
        )
    }

    mutating func parseQuantified(every: Bool) throws(SyntaxError) -> Syntax {
        let start = position
        try advance()
        pushBlock()
        defer { popScope() }
        let iterators = try parseIterators()
        try expect("satisfies")
        let condition = try parseExpression()
        return try Syntax(
            .quantified(every: every, iterators, condition: condition),
            at: start,
            type: .boolean,
            over: iterators.flatMap(\.syntaxes) + [condition]
        )
    }

    private mutating func parseIterators() throws(SyntaxError) -> [Syntax.Iterator] {
        var iterators: [Syntax.Iterator] = []
        repeat {
            guard iterators.count < Self.maximumIteratorCount else {
                throw SyntaxError(
                    code: .limit,
                    message: "more than \(Self.maximumIteratorCount) iterators",
                    position: position
                )
            }
            let name = try parseDeclaredName()
            try expect("in")
            let first = try parseExpression()
            let slot = allocateSlot()
            if try accept(.dots) {
                let last = try parseExpression()
                declare(name, slot: slot, type: first.type)
                iterators.append(Syntax.Iterator(slot: slot, domain: .span(first, last)))
            } else {
                declare(name, slot: slot, type: first.type.iterated)
                iterators.append(Syntax.Iterator(slot: slot, domain: .collection(first)))
            }
        } while try accept(.comma)
        return iterators
    }

    mutating func parseContext() throws(SyntaxError) -> Syntax {
        let start = position
        try enter()
        defer { leave() }
        try advance()
        pushBlock()
        defer { popScope() }
        var entries: [Syntax.Entry] = []
        var keys: Set<String> = []
        while !token.isSign(.rightBrace) {
            let keyPosition = position
            let (key, isName) = try parseKey()
            guard keys.insert(key).inserted else {
                throw SyntaxError(code: .duplicate, message: "the key '\(key)' occurs twice", position: keyPosition)
            }
            entries.append(try parseEntry(key, declares: isName))
            guard try accept(.comma) else { break }
            if token.isSign(.rightBrace) { throw unexpected("a key") }
        }
        try expect(.rightBrace)
        let type = FEELType.context(entries.map { FEELType.Entry(name: $0.key, type: $0.value.type) })
        return try Syntax(.context(entries), at: start, type: type, over: entries.map(\.value))
    }

    private mutating func parseKey() throws(SyntaxError) -> (key: String, isName: Bool) {
        if case .string(let key) = token.kind {
            try advance()
            return (key, !key.isEmpty)
        }
        guard let (key, end) = nameBeforeColon() else { throw unexpected("a key and ':'") }
        try move(to: end)
        return (key, true)
    }

    private mutating func parseEntry(_ key: String, declares: Bool) throws(SyntaxError) -> Syntax.Entry {
        try expect(.colon)
        let slot = allocateSlot()
        let name = Name.normalised(key)
        let value: Syntax
        if token.isWord("function") {
            declare(name, slot: slot, type: .any)
            value = try parseFunction(ownSlot: slot)
        } else {
            value = try parseOperand()
        }
        if declares { declare(name, slot: slot, type: value.type) }
        return Syntax.Entry(key: key, slot: slot, value: value)
    }

    /// `function(…) body`; `ownSlot` is where an enclosing context keeps the function, so that it can call itself.
    mutating func parseFunction(ownSlot: Int?) throws(SyntaxError) -> Syntax {
        let start = position
        try enter()
        defer { leave() }
        try advance()
        functions.append(FunctionFrame(nextSlot: 0))
        pushBlock()
        try expect(.leftParenthesis)
        let parameters = try parseParameters()
        try expect(.rightParenthesis)
        let isExternal = try accept("external")
        let body = try parseExpression()
        popScope()
        let frame = functions.removeLast()
        let type = FEELType.function(parameters.map(\.type), body.type)
        let function = FunctionSyntax(
            parameters: parameters,
            body: isExternal ? nil : body,
            captures: frame.captures,
            ownSlot: ownSlot,
            slotCount: frame.nextSlot
        )
        return try Syntax(.function(function), at: start, type: type, over: [body])
    }

    private mutating func parseParameters() throws(SyntaxError) -> [Function.Parameter] {
        var parameters: [Function.Parameter] = []
        guard !token.isSign(.rightParenthesis) else { return [] }
        repeat {
            let start = position
            let name = try parseDeclaredName()
            guard !parameters.contains(where: { $0.name == name }) else {
                throw SyntaxError(code: .duplicate, message: "the parameter '\(name)' occurs twice", position: start)
            }
            var type = FEELType.any
            if try accept(.colon) { type = try parseType() ?? .any }
            declare(name, slot: allocateSlot(), type: type)
            parameters.append(Function.Parameter(name: name, type: type))
        } while try accept(.comma)
        return parameters
    }
}
