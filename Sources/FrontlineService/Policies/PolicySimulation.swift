import Foundation
package import FrontlineProtocol
package import Policies
package import Resolution
import Vocabulary

/// Replays past cases on a draft in parallel, reading cases while others are evaluated.
package struct PolicySimulation: Sendable {
    /// The number of cases in one task.
    private static let chunk = 4_096
    private static let note =
        "Windows are as recorded; the replay does not apply changed decisions to later windows."

    private let replay: PolicyReplay
    private let width = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Creates a simulation of a draft of the policy `resolution`.
    package init(_ draft: Policy) throws { replay = try PolicyReplay(draft) }

    /// Replays the chunks returned by `next` until it returns nil; memory is bounded by the chunks in progress.
    package func run(_ next: () async throws -> [RecordedCase]?) async throws -> ReplayTally {
        try await withThrowingTaskGroup(of: ReplayTally.self) { group in
            var (tally, running) = (ReplayTally(), 0)
            while let cases = try await next() {
                if running >= 2 * width, let part = try await group.next() {
                    tally.merge(part)
                    running -= 1
                }
                group.addTask { [replay] in replay.tally(cases) }
                running += 1
            }
            for try await part in group { tally.merge(part) }
            return tally
        }
    }

    /// Replays the lines of a file of cases.
    package func run(lines: [UInt8]) async throws -> (result: PolicySimulate.Result, firstFault: String?) {
        let start = ContinuousClock.now
        var (place, number) = (0, 0)
        let tally = try await run {
            let cases = RecordedCase.cases(of: lines, from: &place, number: &number, limit: Self.chunk)
            return cases.isEmpty ? nil : cases
        }
        return (Self.result(tally, erased: 0, took: ContinuousClock.now - start), tally.firstFault)
    }

    /// Replays the requests recorded in a ledger.
    package func run(_ ledger: AuthorityLedger, since: Int64?) async throws -> PolicySimulate.Result {
        let start = ContinuousClock.now
        var (after, erased): (Int64?, Int) = (0, 0)
        let tally = try await run {
            guard let place = after else { return nil }
            let page = try await ledger.recordedCases(after: place, since: since, limit: Self.chunk)
            erased += page.erased
            after = page.next
            return page.cases
        }
        return Self.result(tally, erased: erased, took: ContinuousClock.now - start)
    }

    /// Creates the result for the wire.
    package static func result(_ tally: ReplayTally, erased: Int, took: Duration) -> PolicySimulate.Result {
        let changes = tally.changes.map { ("\($0.from.rawValue) > \($0.to.rawValue)", $1) }
        let delta = tally.amountDelta.filter { $0.value != 0 }.sorted { $0.key.code < $1.key.code }
        return PolicySimulate.Result(
            cases: tally.cases,
            changed: tally.changed,
            fromTo: Dictionary(changes, uniquingKeysWith: +),
            amountDelta: delta.map { .init(amount: .init($0.key.text(ofMinorUnits: $0.value)), currency: $0.key.code) },
            examples: tally.examples.map(PolicySimulate.Example.init),
            skipped: erased + tally.unreadable,
            note: note,
            tookMs: Double(took.components.seconds) * 1_000 + (Double(took.components.attoseconds) / 1e15).rounded()
        )
    }

    /// The result for a policy whose cases are not recorded.
    static func nothingRecorded(_ name: String) -> PolicySimulate.Result {
        PolicySimulate.Result(
            cases: 0,
            changed: 0,
            fromTo: [:],
            amountDelta: [],
            examples: [],
            skipped: 0,
            note:
                "No cases are recorded for the policy “\(name)”; only those of “resolution” are. The draft has no errors.",
            tookMs: 0
        )
    }
}

extension PolicySimulate.Example {
    init(_ example: ReplayTally.Example) {
        self.init(
            caseId: example.id,
            from: example.from,
            to: example.to,
            action: example.action,
            amount: example.amount,
            becauseFrom: example.becauseFrom,
            becauseTo: example.becauseTo
        )
    }
}
