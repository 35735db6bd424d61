/// An expression, compiled once and evaluated any number of times, by several threads at once.
public struct Expression: Sendable {
    /// The text it was compiled from.
    public let text: String
    /// The type its values have where the text tells; `Any` otherwise.
    public let type: FEELType
    /// The value, when the text denotes a constant.
    public let constant: Value?
    /// Names that nothing declares: each use evaluates to null with a diagnostic.
    public let unknownNames: [Diagnostic]
    /// The slots a frame needs for the scope and the local names.
    public let slotCount: Int

    private let block: Block
    var root: Node { block.root }

    /// Compiles an expression (grammar rule 1: textual or boxed in text).
    ///
    /// - Parameters:
    ///   - text: the expression; leading and trailing white space and comments are ignored.
    ///   - scope: the names it can use.
    /// - Throws: ``SyntaxError`` with line and column.
    public init(_ text: String, in scope: Scope = Scope()) throws(SyntaxError) {
        var parser = Parser(text, scope: scope)
        let syntax = try parser.parseWholeExpression()
        var compiler = Compiler()
        let root = compiler.compile(syntax)
        block = Block(root)
        self.text = text
        type = syntax.type
        constant = (root as? ConstantNode)?.value.withoutContexts
        unknownNames = parser.unknownNames
        slotCount = parser.slotCount
    }

    /// The value, with the variables as the frame has them.
    ///
    /// Errors give null and a diagnostic in the frame's evaluation. Local names overwrite slots beyond the scope's: a
    /// host function called on the way must use a frame of its own.
    public func evaluate(in frame: Frame) -> Value {
        frame.reserve(slotCount)
        return block.evaluate(frame)
    }

    /// The value of an expression that uses no variables of its scope.
    public func evaluate(_ evaluation: Evaluation = Evaluation()) -> Value {
        evaluate(in: Frame(slotCount: slotCount, evaluation: evaluation))
    }
}
