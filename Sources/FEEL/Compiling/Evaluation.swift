/// The bounds of one evaluation.
public struct Limits: Sendable {
    /// Elements in one list that an expression makes.
    public var listCount = 1_000_000
    /// The budget of work, in steps.
    ///
    /// A step stands for at most half a microsecond of a release build on one core of a current server, so that the
    /// default ends every evaluation within about five seconds, 2,000,000 within about one, and 20,000 within about a
    /// hundredth. What operations count for:
    ///
    /// | operation | steps |
    /// |---|---|
    /// | a pass of `for`, `some`, `every` or a filter, a call of a function written in FEEL | 1, and one for about eight operations of its body |
    /// | a call of a built-in | about 1, and 1 for 16 values or 64 bytes of text in its arguments |
    /// | a power that takes a logarithm, as `2 ** 0.1`; other powers | 28; 1 |
    /// | `exp`, `log`; `sqrt` | 14; 1 |
    /// | a list that is made | 1 for 2 elements |
    /// | a text that is made | 1 for 64 bytes |
    /// | `string` of a list or a context | 1 for each value or 16 bytes |
    /// | `sort`, `list replace` with a function | 2 for each comparison, and those of the function |
    /// | `distinct values`, `union` | 1 for each value, and 1 for each pair of values that are neither numbers nor strings |
    /// | `sum`, `product`, `mean`; `median`, `mode`, `stddev` | 1 for 4 values; 1 for 2 |
    /// | `matches`, `replace`, `split` | 1 for 16 steps of the matcher, and 1 for each part or match |
    ///
    /// The charge is that of the text as it is written: parts that were computed when it was compiled count wherever
    /// they stand. When the budget is used up loops end, costly operations are refused, and a diagnostic of the kind
    /// ``Diagnostic/Kind/limit`` says so; what is left is at most as many cheap operations as the text has.
    public var steps = 10_000_000
    /// UTF-8 bytes of one string that an expression makes.
    public var stringLength = 16_000_000
    /// Levels of nodes below each other over all nested calls of functions.
    public var callDepth = 1_200
    /// How deeply lists and contexts nest.
    public var valueDepth = 200
    /// Values in one value, each counted wherever it stands; see ``Value/size``.
    public var valueSize = 5_000_000
    /// Steps of the matcher for one use of a regular expression.
    public var patternSteps = 2_000_000
    /// Diagnostics kept; further ones are only counted.
    public var diagnostics = 100

    /// The bounds that suit a server.
    public init() {}
}

/// What one evaluation knows and collects: the clock, the limits, the diagnostics.
///
/// One evaluation belongs to one thread at a time. It can be used for many expressions one after the other.
public final class Evaluation {
    /// The bounds.
    public let limits: Limits
    /// Why values became null, in the order met.
    @exclusivity(unchecked) public private(set) var diagnostics: [Diagnostic] = []
    /// How many diagnostics there are.
    package var diagnosticCount: Int { diagnostics.count }
    /// How many diagnostics were not kept.
    public private(set) var droppedDiagnostics = 0

    private let clock: () -> DateAndTime
    private var readNow: DateAndTime?
    private var hasReportedWork = false
    var mergedShapes = MergedShapes()
    // Without checks of exclusive access, like `diagnostics`: these are read and written by themselves, with no code of
    // others in between, so that no access overlaps another of the one thread that an evaluation belongs to.
    /// The steps used so far; see ``Limits/steps``.
    @exclusivity(unchecked) public private(set) var steps = 0
    @exclusivity(unchecked) var depth = 0
    /// The name that diagnostics carry as their source, set by whoever evaluates several expressions.
    @exclusivity(unchecked) public var source = ""
    /// Whatever the host's functions need to find again when they are called; FEEL itself does not look at it.
    @exclusivity(unchecked) public var host: AnyObject?

    /// Makes an evaluation.
    ///
    /// - Parameters:
    ///   - limits: the bounds.
    ///   - clock: the present moment for `now()` and `today()`, read at most once; the default is a fixed moment.
    public init(limits: Limits = Limits(), clock: @escaping () -> DateAndTime = { .epoch }) {
        self.limits = limits
        self.clock = clock
    }

    /// The present moment: the same for the whole evaluation.
    var now: DateAndTime {
        if let readNow { return readNow }
        let moment = clock()
        readNow = moment
        return moment
    }

    /// Forgets diagnostics, used budgets and the moment read, so that the evaluation can serve a new request.
    public func reset() {
        diagnostics.removeAll(keepingCapacity: true)
        droppedDiagnostics = 0
        steps = 0
        hasReportedWork = false
        depth = 0
        readNow = nil
    }

    /// Records why a value became null and answers null.
    @discardableResult
    public func fail(
        _ kind: Diagnostic.Kind,
        at position: SourcePosition,
        _ message: @autoclosure () -> String
    ) -> Value {
        if diagnostics.count < limits.diagnostics {
            let text = message()
            charge(text.utf8.count >> 4)
            diagnostics.append(Diagnostic(kind: kind, message: text, position: position, source: source))
        } else {
            droppedDiagnostics += 1
        }
        return .null
    }

    /// Whether the budget of steps is used up.
    public var isExhausted: Bool { steps > limits.steps }

    /// Steps that are left.
    var stepsLeft: Int { max(0, limits.steps - steps) }

    /// Counts one pass; false when the budget is used up.
    func countIteration() -> Bool { count(1) }

    /// Counts steps of work; false when the budget is used up.
    package func count(_ steps: Int) -> Bool {
        charge(steps)
        return !isExhausted
    }

    /// Counts steps of work that are too few to stop at.
    @inline(__always)
    package func charge(_ steps: Int) {
        self.steps &+= steps
    }

    /// Counts the work of looking at a whole value: nothing for small ones.
    @inline(__always)
    package func charge(_ value: Value) {
        switch value {
        case .list, .context: charge(value.size >> 4)
        case .string(let text): charge(text.utf8.count >> 6)
        default: break
        }
    }

    /// Records that the budget is used up, the first time whatever else was recorded, and answers null.
    @discardableResult
    package func failForWork(at position: SourcePosition) -> Value {
        guard hasReportedWork else {
            hasReportedWork = true
            let message = "more work than \(limits.steps) steps"
            diagnostics.append(Diagnostic(kind: .limit, message: message, position: position, source: source))
            return .null
        }
        return fail(.limit, at: position, "more work than \(limits.steps) steps")
    }
}

extension DateAndTime {
    /// 1970-01-01T00:00:00Z.
    public static let epoch: DateAndTime = {
        guard let moment = DateAndTime(nanoseconds: 0, zone: .utc) else { preconditionFailure("the epoch is a date") }
        return moment
    }()
}
