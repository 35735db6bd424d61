/// Reads text into a ``Syntax`` tree, binding names to slots on the way, because what is a name depends on scope.
///
/// Recursive descent with precedence climbing (DMN 1.5, 10.3.1.2). Nesting is bounded, so that no text can
/// exhaust the stack.
struct Parser {
    let lexer: Lexer
    let scope: Scope
    var token: Token
    var scopes: [LocalScope] = []
    var functions: [FunctionFrame]
    var unknownNames: [Diagnostic] = []
    /// Set when `?` was read.
    var usesInput = false
    /// Whether an expression read now ends a range, so that `[` may close it.
    var isRangeEnd = false
    /// Slots of `partial` that were read.
    var usedPartials: Set<Int> = []
    private var nesting = 0

    /// The maximum nesting of brackets, operators and keywords.
    static let maximumNesting = 100
    /// The maximum number of iterators in one `for`, `some` or `every`.
    static let maximumIteratorCount = 50

    init(_ text: String, scope: Scope) {
        lexer = Lexer(text)
        self.scope = scope
        token = Token(kind: .end, start: 0, end: 0)
        functions = [FunctionFrame(nextSlot: scope.slotCount)]
    }

    /// The slots a frame needs.
    var slotCount: Int { functions[0].nextSlot }

    // MARK: Tokens

    mutating func advance() throws(SyntaxError) { token = try lexer.token(at: token.end) }

    mutating func move(to index: Int) throws(SyntaxError) { token = try lexer.token(at: index) }

    var position: SourcePosition { lexer.position(token.start) }

    func unexpected(_ expectation: String) -> SyntaxError {
        SyntaxError(
            code: token.kind == .end ? .incomplete : .unexpected,
            message: "expected \(expectation), found \(token.text)",
            position: position
        )
    }

    mutating func expect(_ sign: Token.Sign) throws(SyntaxError) {
        guard token.isSign(sign) else { throw unexpected("'\(sign.rawValue)'") }
        try advance()
    }

    mutating func expect(_ word: String) throws(SyntaxError) {
        guard token.isWord(word) else { throw unexpected("'\(word)'") }
        try advance()
    }

    mutating func accept(_ sign: Token.Sign) throws(SyntaxError) -> Bool {
        guard token.isSign(sign) else { return false }
        try advance()
        return true
    }

    mutating func accept(_ word: String) throws(SyntaxError) -> Bool {
        guard token.isWord(word) else { return false }
        try advance()
        return true
    }

    mutating func enter() throws(SyntaxError) {
        nesting += 1
        guard nesting <= Self.maximumNesting else {
            throw SyntaxError(
                code: .limit,
                message: "an expression nested deeper than \(Self.maximumNesting)",
                position: position
            )
        }
    }

    mutating func leave() { nesting -= 1 }

    // MARK: Whole texts

    mutating func parseWholeExpression() throws(SyntaxError) -> Syntax {
        try move(to: 0)
        let syntax = try parseExpression()
        guard token.kind == .end else { throw unexpected("an operator or the end of the text") }
        return syntax
    }

    /// Declares `?`, the value that tests look at.
    mutating func declareInput(type: FEELType) -> Int {
        let slot = functions[functions.count - 1].allocate()
        scopes.append(LocalScope(inputSlot: slot, type: type, function: functions.count - 1))
        return slot
    }

    mutating func parseWholeUnaryTests() throws(SyntaxError) -> [Syntax] {
        try move(to: 0)
        if token.kind == .end { return [Syntax(leaf: .anyTest, at: position)] }
        if token.isSign(.minus) {
            let start = token
            try advance()
            if token.kind == .end { return [Syntax(leaf: .anyTest, at: lexer.position(start.start))] }
            try move(to: start.start)
        }
        if token.isWord("not"), let negated = try parseNegatedTests() { return [negated] }
        let tests = try parseTests()
        guard token.kind == .end else { throw unexpected("',' or the end of the text") }
        return tests
    }

    /// `not(…)` over the whole text; nil, with nothing read, when the text goes on behind it.
    private mutating func parseNegatedTests() throws(SyntaxError) -> Syntax? {
        let saved = self
        let start = position
        try advance()
        guard try accept(.leftParenthesis) else {
            self = saved
            return nil
        }
        let tests = try parseTests()
        guard token.isSign(.rightParenthesis) else {
            self = saved
            return nil
        }
        try advance()
        guard token.kind == .end else {
            self = saved
            return nil
        }
        return try Syntax(.negatedTests(tests), at: start, type: .boolean, over: tests)
    }

    mutating func parseTests() throws(SyntaxError) -> [Syntax] {
        var tests = [try parseTest()]
        while try accept(.comma) { tests.append(try parseTest()) }
        return tests
    }

    /// One test: an operator with an operand, or an expression.
    mutating func parseTest() throws(SyntaxError) -> Syntax {
        let outer = usesInput
        usesInput = false
        defer { usesInput = outer || usesInput }
        let start = position
        let test = try parseOperand()
        return usesInput ? try Syntax(.condition(test), at: start, type: .boolean, over: [test]) : test
    }

    /// `< e`, `>= e`, `= e`…; nil when no operator stands here.
    mutating func parseOperatorRange() throws(SyntaxError) -> Syntax? {
        guard case .sign(let sign) = token.kind, let operation = Syntax.Comparison(sign) else {
            return nil
        }
        let start = position
        try advance()
        let operand = try parseOperation(.additive)
        return try Syntax(.operatorRange(operation, operand), at: start, type: .range(operand.type), over: [operand])
    }
}
