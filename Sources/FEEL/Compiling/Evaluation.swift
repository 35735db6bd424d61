/// The bounds of one evaluation.
public struct Limits: Sendable {
    /// Elements in one list that an expression makes.
    public var listCount = 1_000_000
    /// Passes of `for`, `some`, `every` and filters, calls of functions, and work on large values, together.
    public var iterations = 10_000_000
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
    public private(set) var diagnostics: [Diagnostic] = []
    /// How many diagnostics were not kept.
    public private(set) var droppedDiagnostics = 0

    private let clock: () -> DateAndTime
    private var readNow: DateAndTime?
    var iterations = 0
    var depth = 0
    /// The name that diagnostics carry as their source, set by whoever evaluates several expressions.
    public var source = ""
    /// Whatever the host's functions need to find again when they are called; FEEL itself does not look at it.
    public var host: AnyObject?

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
        iterations = 0
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
            diagnostics.append(Diagnostic(kind: kind, message: message(), position: position, source: source))
        } else {
            droppedDiagnostics += 1
        }
        return .null
    }

    /// Counts one pass; false when the budget is used up.
    func countIteration() -> Bool { count(1) }

    /// Counts steps of work; false when the budget is used up.
    func count(_ steps: Int) -> Bool {
        iterations &+= steps
        return iterations <= limits.iterations
    }

    /// Counts the work of looking at a whole value: nothing for small ones.
    @inline(__always)
    func charge(_ value: Value) {
        switch value {
        case .list, .context: iterations &+= value.size >> 4
        case .string(let text): iterations &+= text.utf8.count >> 8
        default: break
        }
    }
}

extension DateAndTime {
    /// 1970-01-01T00:00:00Z.
    public static let epoch: DateAndTime = {
        guard let moment = DateAndTime(nanoseconds: 0, zone: .utc) else { preconditionFailure("the epoch is a date") }
        return moment
    }()
}
