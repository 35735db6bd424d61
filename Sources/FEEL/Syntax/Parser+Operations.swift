/// Levels of precedence, the loosest first (grammar rules 4 and 2).
enum Precedence: Int {
    case disjunction
    case conjunction
    case comparison
    case additive
    case multiplicative
    case exponential
    case unary
}

extension Parser {
    /// Any expression.
    mutating func parseExpression() throws(SyntaxError) -> Syntax {
        let outer = isRangeEnd
        isRangeEnd = false
        defer { isRangeEnd = outer }
        return try parseOperation(.disjunction)
    }

    /// An expression of operators no looser than `precedence`.
    mutating func parseOperation(_ precedence: Precedence) throws(SyntaxError) -> Syntax {
        try enter()
        defer { leave() }
        return try parseOperation(from: parseUnary(), precedence)
    }

    /// Goes on behind a first operand.
    mutating func parseOperation(from first: Syntax, _ precedence: Precedence) throws(SyntaxError) -> Syntax {
        var left = first
        if precedence.rawValue <= Precedence.exponential.rawValue { left = try parseChain(left, .exponential) }
        if precedence.rawValue <= Precedence.multiplicative.rawValue { left = try parseChain(left, .multiplicative) }
        if precedence.rawValue <= Precedence.additive.rawValue { left = try parseChain(left, .additive) }
        if precedence.rawValue <= Precedence.comparison.rawValue { left = try parseComparisons(left) }
        if precedence.rawValue <= Precedence.conjunction.rawValue {
            left = try parseLogical(left, word: "and", operand: .comparison)
        }
        if precedence == .disjunction { left = try parseLogical(left, word: "or", operand: .conjunction) }
        return left
    }

    private func arithmetic(_ level: Precedence) -> Syntax.Arithmetic? {
        guard case .sign(let sign) = token.kind else { return nil }
        switch (level, sign) {
        case (.additive, .plus): return .add
        case (.additive, .minus): return .subtract
        case (.multiplicative, .times): return .multiply
        case (.multiplicative, .divide): return .divide
        case (.exponential, .power): return .power
        default: return nil
        }
    }

    private mutating func parseChain(_ first: Syntax, _ level: Precedence) throws(SyntaxError) -> Syntax {
        guard var operation = arithmetic(level) else { return first }
        guard let tighter = Precedence(rawValue: level.rawValue + 1) else { return first }
        var operands: [(operation: Syntax.Arithmetic, operand: Syntax)] = []
        while true {
            try advance()
            operands.append((operation, try parseOperation(tighter)))
            guard let next = arithmetic(level) else { break }
            operation = next
        }
        let all = [first] + operands.map(\.operand)
        let isNumber = all.allSatisfy { $0.type == .number }
        return try Syntax(
            .arithmetic(first, operands),
            at: first.position,
            type: isNumber ? .number : .any,
            over: all
        )
    }

    private mutating func parseLogical(
        _ first: Syntax,
        word: String,
        operand: Precedence
    )
        throws(SyntaxError) -> Syntax
    {
        guard token.isWord(word) else { return first }
        var operands = [first]
        while try accept(word) { operands.append(try parseOperation(operand)) }
        let kind: Syntax.Kind = word == "and" ? .conjunction(operands) : .disjunction(operands)
        return try Syntax(kind, at: first.position, type: .boolean, over: operands)
    }

    private mutating func parseComparisons(_ first: Syntax) throws(SyntaxError) -> Syntax {
        var left = first
        while true {
            if case .sign(let sign) = token.kind, let operation = Syntax.Comparison(sign) {
                try advance()
                let right = try parseOperation(.additive)
                left = try Syntax(
                    .comparison(operation, left, right),
                    at: left.position,
                    type: .boolean,
                    over: [left, right]
                )
            } else if try accept("between") {
                left = try parseBetween(left)
            } else if try accept("in") {
                left = try parseMembership(left)
            } else {
                return left
            }
        }
    }

    private mutating func parseBetween(_ value: Syntax) throws(SyntaxError) -> Syntax {
        let low = try parseOperation(.additive)
        try expect("and")
        let high = try parseOperation(.additive)
        return try Syntax(
            .between(value, low: low, high: high),
            at: value.position,
            type: .boolean,
            over: [value, low, high]
        )
    }

    private mutating func parseMembership(_ value: Syntax) throws(SyntaxError) -> Syntax {
        let slot = allocateSlot()
        let tests: [Syntax]
        if token.isSign(.leftParenthesis) {
            tests = try parseParenthesisedTests(slot, type: value.type)
        } else if let test = try parseOperatorRange() {
            tests = [test]
        } else {
            tests = [try parseOperation(.additive)]
        }
        return try Syntax(
            .membership(value, tests: tests, inputSlot: slot),
            at: value.position,
            type: .boolean,
            over: [value] + tests
        )
    }

    /// `(test, …)`, or an expression that only begins with a parenthesis, or a range.
    private mutating func parseParenthesisedTests(_ slot: Int, type: FEELType) throws(SyntaxError) -> [Syntax] {
        let start = position
        try enter()
        defer { leave() }
        try advance()
        scopes.append(LocalScope(inputSlot: slot, type: type, function: functions.count - 1))
        let outer = usesInput
        usesInput = false
        defer { usesInput = outer }
        let first = try parseTest()
        popScope()
        if token.isSign(.dots) {
            let range = try parseRange(from: first, startIncluded: false, at: start)
            return [try parseOperation(from: parsePostfix(range), .additive)]
        }
        guard token.isSign(.comma) else {
            try expect(.rightParenthesis)
            if case .operatorRange = first.kind { return [try parsePostfix(first)] }
            if case .condition = first.kind { return [first] }
            return [try parseOperation(from: parsePostfix(first), .additive)]
        }
        scopes.append(LocalScope(inputSlot: slot, type: type, function: functions.count - 1))
        defer { popScope() }
        var tests = [first]
        while try accept(.comma) { tests.append(try parseTest()) }
        try expect(.rightParenthesis)
        return tests
    }
}
