/// The text of a cell of a decision table, compiled: tests that an input value passes or not (grammar rule 17).
public struct UnaryTests: Sendable {
    /// What every copy shares.
    private final class Code: Sendable {
        let text: String
        let tests: [UnaryTest]
        let unknownNames: [Diagnostic]
        let slotCount: Int
        let inputSlot: Int
        let block: Block

        init(
            text: String,
            tests: [UnaryTest],
            unknownNames: [Diagnostic],
            slotCount: Int,
            inputSlot: Int,
            block: Block
        ) {
            self.text = text
            self.tests = tests
            self.unknownNames = unknownNames
            self.slotCount = slotCount
            self.inputSlot = inputSlot
            self.block = block
        }
    }

    private let code: Code

    /// The text it was compiled from.
    public var text: String { code.text }
    /// The tests in a form that tables can index and compare; any one of them passing is enough.
    public var tests: [UnaryTest] { code.tests }
    /// Names that nothing declares.
    public var unknownNames: [Diagnostic] { code.unknownNames }
    /// The slots a frame needs.
    public var slotCount: Int { code.slotCount }

    /// Compiles the text of a cell: `-`, tests separated by commas, or `not(…)` round them.
    ///
    /// - Parameters:
    ///   - text: the tests; empty text is `-`.
    ///   - scope: the names they can use beside `?`.
    ///   - inputType: what the input value conforms to, where known.
    /// - Throws: ``SyntaxError`` with line and column.
    public init(_ text: String, in scope: Scope = Scope(), inputType: FEELType = .any) throws(SyntaxError) {
        var parser = Parser(text, scope: scope)
        let inputSlot = parser.declareInput(type: inputType)
        let syntax = try parser.parseWholeUnaryTests()
        var compiler = Compiler(isPlain: scope.isPlain)
        let root = compiler.compile(unaryTests: syntax, inputSlot: inputSlot)
        code = Code(
            text: text,
            tests: UnaryTest.analyse(root),
            unknownNames: parser.unknownNames,
            slotCount: parser.slotCount,
            inputSlot: inputSlot,
            block: Block(root)
        )
    }

    /// Whether an input value passes: true, false, or null where that cannot be told (which is not a pass).
    public func evaluate(_ input: Value, in frame: Frame) -> Value {
        frame.reserve(code.slotCount)
        frame.slots[code.inputSlot] = input
        return code.block.evaluate(frame)
    }

    /// Whether an input value passes.
    public func matches(_ input: Value, in frame: Frame) -> Bool { evaluate(input, in: frame).isTrue }
}

/// One test of a cell in a form that can be analysed.
public indirect enum UnaryTest: Sendable {
    /// Passes for every value, null included: `-`.
    case any
    /// Passes for values equal to a constant that is not null.
    case equal(Value)
    /// Passes for values in an interval with constant ends.
    case interval(RangeValue)
    /// Passes for null.
    case isNull
    /// Passes when none of the tests passes.
    case not([UnaryTest])
    /// Passes when any of the tests passes.
    case anyOf([UnaryTest])
    /// Must be evaluated.
    case opaque
}
