/// The text of a cell of a decision table, compiled: tests that an input value passes or not (grammar rule 17).
public struct UnaryTests: Sendable {
    /// The text it was compiled from.
    public let text: String
    /// The tests in a form that tables can index and compare; any one of them passing is enough.
    public let tests: [UnaryTest]
    /// Names that nothing declares.
    public let unknownNames: [Diagnostic]
    /// The slots a frame needs.
    public let slotCount: Int

    private let block: Block
    let inputSlot: Int

    /// Compiles the text of a cell: `-`, tests separated by commas, or `not(…)` round them.
    ///
    /// - Parameters:
    ///   - text: the tests; empty text is `-`.
    ///   - scope: the names they can use beside `?`.
    ///   - inputType: what the input value conforms to, where known.
    /// - Throws: ``SyntaxError`` with line and column.
    public init(_ text: String, in scope: Scope = Scope(), inputType: FEELType = .any) throws(SyntaxError) {
        var parser = Parser(text, scope: scope)
        inputSlot = parser.declareInput(type: inputType)
        let syntax = try parser.parseWholeUnaryTests()
        var compiler = Compiler()
        let root = compiler.compile(unaryTests: syntax, inputSlot: inputSlot)
        block = Block(root)
        tests = UnaryTest.analyse(root)
        self.text = text
        unknownNames = parser.unknownNames
        slotCount = parser.slotCount
    }

    /// Whether an input value passes: true, false, or null where that cannot be told (which is not a pass).
    public func evaluate(_ input: Value, in frame: Frame) -> Value {
        frame.reserve(slotCount)
        frame.slots[inputSlot] = input
        return block.evaluate(frame)
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
