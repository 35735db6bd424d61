/// An expression, compiled once and evaluated any number of times, by several threads at once.
public struct Expression: Sendable {
    /// What every copy shares.
    private final class Code: Sendable {
        let text: String
        let type: FEELType
        let constant: Value?
        let unknownNames: [Diagnostic]
        let slotCount: Int
        let block: Block

        init(
            text: String,
            type: FEELType,
            constant: Value?,
            unknownNames: [Diagnostic],
            slotCount: Int,
            block: Block
        ) {
            self.text = text
            self.type = type
            self.constant = constant
            self.unknownNames = unknownNames
            self.slotCount = slotCount
            self.block = block
        }
    }

    private let code: Code

    /// The text it was compiled from.
    public var text: String { code.text }
    /// The type its values have where the text tells; `Any` otherwise.
    public var type: FEELType { code.type }
    /// The value, when the text denotes a constant.
    public var constant: Value? { code.constant }
    /// Names that nothing declares: each use evaluates to null with a diagnostic.
    public var unknownNames: [Diagnostic] { code.unknownNames }
    /// The slots a frame needs for the scope and the local names.
    public var slotCount: Int { code.slotCount }

    var root: Node { code.block.root }

    /// Compiles an expression (grammar rule 1: textual or boxed in text).
    ///
    /// - Parameters:
    ///   - text: the expression; leading and trailing white space and comments are ignored.
    ///   - scope: the names it can use.
    /// - Throws: ``SyntaxError`` with line and column.
    public init(_ text: String, in scope: Scope = Scope()) throws(SyntaxError) {
        var parser = Parser(text, scope: scope)
        let syntax = try parser.parseWholeExpression()
        var compiler = Compiler(isPlain: scope.isPlain)
        let root = compiler.compile(syntax)
        code = Code(
            text: text,
            type: syntax.type,
            constant: (root as? ConstantNode)?.value.withoutContexts,
            unknownNames: parser.unknownNames,
            slotCount: parser.slotCount,
            block: Block(root)
        )
    }

    /// The value, with the variables as the frame has them.
    ///
    /// Errors give null and a diagnostic in the frame's evaluation. Local names overwrite slots beyond the scope's: a
    /// host function called on the way must use a frame of its own.
    public func evaluate(in frame: Frame) -> Value {
        frame.reserve(code.slotCount)
        return code.block.evaluate(frame)
    }

    /// The value of an expression that uses no variables of its scope.
    public func evaluate(_ evaluation: Evaluation = Evaluation()) -> Value {
        evaluate(in: Frame(slotCount: slotCount, evaluation: evaluation))
    }
}
