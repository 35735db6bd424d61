import FEEL

/// The state of one evaluation of a decision: the language's own state and the record for the explanation.
///
/// Belongs to one thread at a time.
final class Run {
    /// The language's own state: limits, clock and errors.
    let evaluation: Evaluation
    /// Whether tables are looked up in their indexes.
    let usesIndexes: Bool
    private var record = Record()
    // Without checks of exclusive access: read and written as a whole by the one thread that a run belongs to.
    /// Whether steps are recorded for an explanation; errors always are.
    @exclusivity(unchecked) var isRecording = true
    @exclusivity(unchecked) private var depth = 0
    @exclusivity(unchecked) private var frames: [Frame] = []

    /// What happened in an evaluation.
    struct Record {
        /// What happened, in order.
        fileprivate(set) var steps: [Explanation.Step] = []
        /// Steps that were not kept.
        fileprivate(set) var droppedSteps = 0
        /// Which errors came from which cells of tables.
        fileprivate(set) var cellErrors: [CellError] = []

        fileprivate mutating func add(_ step: consuming Explanation.Step) {
            if steps.isEmpty {
                steps.reserveCapacity(2)
            }
            if steps.count < Run.maximumSteps {
                steps.append(step)
            } else {
                droppedSteps += 1
            }
        }
    }

    /// How many steps are kept.
    static let maximumSteps = 10_000
    /// The steps that a call of a model's function counts for, besides its body: two to three microseconds.
    static let callCost = 5
    /// How many boxed expressions may be in evaluation inside each other, over all calls.
    static let maximumDepth = 80

    /// Errors with these numbers came from a cell.
    struct CellError: Sendable {
        let errors: Range<Int>
        let cell: TableCell
    }

    init(_ evaluation: Evaluation, usesIndexes: Bool = true) {
        self.evaluation = evaluation
        self.usesIndexes = usesIndexes
    }

    /// The run an evaluation belongs to; a new one for an evaluation started elsewhere.
    static func of(_ evaluation: Evaluation) -> Run {
        if let host = evaluation.host, type(of: host) == Run.self {
            return unsafeDowncast(host, to: Run.self)
        }
        return Run(evaluation)
    }

    /// Makes ready for the next decision.
    func reset() {
        evaluation.reset()
        record = Record()
        depth = 0
    }

    /// What happened so far, taken out.
    func extractExplanation() -> Explanation {
        var taken = Record()
        swap(&taken, &record)
        return Explanation(taken, evaluation)
    }

    /// What happened so far, left where it is.
    var explanation: Explanation { Explanation(record, evaluation) }

    /// Records a step.
    func add(_ step: consuming Explanation.Step) {
        record.add(step)
    }

    /// Records an error of types and answers null.
    func refuse(_ message: @autoclosure () -> String) -> Value {
        evaluation.fail(.type, at: SourcePosition(), message())
    }

    /// Counts steps of work, as ``FEEL/Limits/steps`` has them; false, with the reason recorded, when there are none left.
    func count(_ steps: Int) -> Bool {
        if evaluation.count(steps) { return true }
        evaluation.failForWork(at: SourcePosition())
        return false
    }

    /// A frame of so many slots; frames that were returned are used again, so that calls make none.
    func borrowFrame(_ slotCount: Int) -> Frame {
        let frame = frames.popLast() ?? Frame(slotCount: max(slotCount, 16), evaluation: evaluation)
        frame.reserve(slotCount)
        return frame
    }

    /// Takes a frame back, emptied of what stands in its first slots.
    func giveBack(_ frame: Frame, _ slotCount: Int) {
        frame.clear(slotCount)
        frames.append(frame)
    }

    /// Goes one level deeper; false, with the reason recorded, when that is too deep.
    func enter() -> Bool {
        guard depth < Self.maximumDepth else {
            evaluation.fail(.limit, at: SourcePosition(), "the logic calls itself too deeply")
            return false
        }
        depth += 1
        return true
    }

    /// Comes back from one level deeper.
    func leave() {
        depth -= 1
    }

    /// Does something in a cell; errors met there will name the cell.
    func inCell(_ cell: @autoclosure () -> TableCell, _ body: () -> Value) -> Value {
        let before = evaluation.diagnosticCount
        let value = body()
        let after = evaluation.diagnosticCount
        if after > before {
            record.cellErrors.append(CellError(errors: before..<after, cell: cell()))
        }
        return value
    }
}
