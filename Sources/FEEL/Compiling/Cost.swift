import IEEEDecimal

/// What operations count for in the budget ``Limits/steps``.
///
/// Measured with a release build: a step is at most half a microsecond. Weights are known when a text is compiled and
/// counted in eighths of a step; what depends on values is counted in whole steps while they are at hand.
enum Cost {
    /// A call of a built-in besides its arguments, in eighths: 120 to 400 ns.
    static let builtinCall = 6
    /// A call of a function besides its arguments and its body, in eighths; the call itself counts one step.
    static let call = 4
    /// `exp` and `log`: 5.5 to 6 µs.
    static let logarithm = 14
    /// Steps of the matcher of patterns for one step: 13 to 20 ns each.
    static let matcherSteps = 16

    /// A power: 11.5 µs by way of the logarithm; otherwise a product for each time, of which 256 bits hold few.
    static func power(_ base: Decimal128, _ exponent: Decimal128) -> Int {
        guard base.isFinite, let times = Int(exactly: exponent), times >= 0, times <= 255 else { return 28 }
        return (128 - base.coefficient.leadingZeroBitCount) * times < 256 ? 1 : 28
    }

    /// The text of a value: up to 350 ns for a number, 40 ns for a byte in quotes.
    static func text(of value: Value) -> Int {
        switch value {
        case .list, .context: value.size
        case .range(let range): 2 * (range.start.size + range.end.size)
        default: 0
        }
    }

    /// Reading a text as a value: up to 100 ns for a byte.
    static func parsing(_ text: String) -> Int { text.utf8.count >> 2 }

    /// Reading a range: a parser of its own for each end, 7 µs in all.
    static func range(_ text: String) -> Int { 16 + parsing(text) }

    /// Text in capitals or small letters: up to 20 ns for a byte.
    static func letters(_ text: String) -> Int { text.utf8.count >> 4 }

    /// Compiling a pattern.
    static func pattern(_ source: String) -> Int { 1 + source.utf8.count >> 2 }

    /// Steps of the matcher that an evaluation with so many steps left allows.
    static func matcherSteps(allowedBy steps: Int, limit: Int) -> Int {
        steps >= limit / matcherSteps ? limit : steps * matcherSteps
    }

    /// What a use of a pattern costs before it is matched.
    static func use(of pattern: Pattern, on text: String) -> Int {
        pattern.instructions.count >> 4 + text.utf8.count >> 6
    }

    /// A context made of entries with keys of any order: about a microsecond each.
    static func contextMade(entries: Int) -> Int { 2 * entries }

    /// A context with one entry put.
    static func put(_ context: Context) -> Int { 2 + context.count >> 1 }
}

/// A part of an expression that is evaluated as a whole and counted at its beginning: all of it, or the body of a loop,
/// of a filter or of a function.
struct Block: Sendable {
    let root: Node
    /// What one evaluation counts for.
    private let steps: Int

    /// Takes a node; `slotCount` is that of a frame that is made for each evaluation.
    init(_ root: Node, slotCount: Int = 0) {
        self.root = root
        steps = (root.weight + 7) >> 3 + slotCount >> 5
    }

    @inline(__always)
    func evaluate(_ frame: Frame) -> Value {
        frame.evaluation.charge(steps)
        return root.evaluate(frame)
    }
}
