/// A part of the work on one turn, for measuring.
package enum TurnStage: String, Sendable, CaseIterable {
    /// Checks and redaction.
    case redact
    /// The conversation, what was offered in it and where its script stands.
    case read
    /// The sentiment.
    case score
    /// The signals.
    case signal
    /// The articles.
    case suggest
    /// The script that fits, and what could be settled.
    case advise
    /// Waiting for the write transaction, and its commit.
    case commit
    /// Policy and alerts, inside the transaction.
    case alert
    /// Next steps and the answer, inside the transaction.
    case answer
    /// Writing the turn and its events, inside the transaction.
    case store
}

/// Times the stages of a turn with a clock that is handed in.
package struct StageMeter: Sendable {
    private let nanoseconds: @Sendable () -> UInt64
    private let record: @Sendable (TurnStage, UInt64) -> Void

    /// Creates a meter.
    ///
    /// - Parameters:
    ///   - nanoseconds: a clock that only goes forward.
    ///   - record: told each stage and how many nanoseconds it took.
    package init(
        nanoseconds: @escaping @Sendable () -> UInt64,
        record: @escaping @Sendable (TurnStage, UInt64) -> Void
    ) {
        self.nanoseconds = nanoseconds
        self.record = record
    }

    /// The time now.
    var now: UInt64 { nanoseconds() }

    /// Notes that a stage has taken so long.
    func note(_ stage: TurnStage, _ duration: UInt64) { record(stage, duration) }
}

extension StageMeter? {
    /// Does the work of a stage and times it, if that is wanted.
    func time<T>(_ stage: TurnStage, _ body: () throws -> T) rethrows -> T {
        guard let meter = self else { return try body() }
        let start = meter.now
        defer { meter.note(stage, meter.now - start) }
        return try body()
    }
}
