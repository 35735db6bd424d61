/// A stage of the work on one turn, for measurements.
package enum TurnStage: String, Sendable, CaseIterable {
    /// Checks and redaction.
    case redact
    /// Reading the conversation, the suggestions made in it and the step of its script.
    case read
    /// Scoring sentiment.
    case score
    /// Finding signals.
    case signal
    /// Encoding what the customer said.
    case encode
    /// Choosing articles.
    case suggest
    /// Finding the script that fits and what could be settled.
    case advise
    /// Waiting for the write transaction, and its commit.
    case commit
    /// Reading the alerts and evaluating their policy, inside the transaction.
    case alert
    /// Next best actions and the answer, inside the transaction.
    case answer
    /// Writing the turn, its alerts and its event, inside the transaction.
    case store
}

/// Measures the stages of a turn with a given clock.
package struct StageMeter: Sendable {
    private let nanoseconds: @Sendable () -> UInt64
    private let record: @Sendable (TurnStage, UInt64) -> Void

    /// Creates a meter.
    ///
    /// - Parameters:
    ///   - nanoseconds: a monotonic clock.
    ///   - record: called with each stage and its duration in nanoseconds.
    package init(
        nanoseconds: @escaping @Sendable () -> UInt64,
        record: @escaping @Sendable (TurnStage, UInt64) -> Void
    ) {
        self.nanoseconds = nanoseconds
        self.record = record
    }

    /// The time now.
    var now: UInt64 { nanoseconds() }

    /// Records the duration of a stage, in nanoseconds.
    func note(_ stage: TurnStage, _ duration: UInt64) { record(stage, duration) }
}

extension StageMeter? {
    /// Performs the work of a stage, and measures it if there is a meter.
    func time<T>(_ stage: TurnStage, _ body: () throws -> T) rethrows -> T {
        guard let meter = self else { return try body() }
        let start = meter.now
        defer { meter.note(stage, meter.now - start) }
        return try body()
    }

    /// The same for asynchronous work.
    func time<T>(_ stage: TurnStage, _ body: () async throws -> T) async rethrows -> T {
        guard let meter = self else { return try await body() }
        let start = meter.now
        defer { meter.note(stage, meter.now - start) }
        return try await body()
    }
}
