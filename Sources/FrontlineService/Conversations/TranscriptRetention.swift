import Logging
import ServiceLifecycle
import WorkItems

/// Deletes transcripts whose retention period has ended, and the events of work that ended so long ago, in small batches so that other
/// writers do not wait.
struct TranscriptRetention: Service {
    private static let pause = Duration.seconds(60)
    private static let pauseBetweenBatches = Duration.milliseconds(50)
    private static let batch = 50
    private static let microsecondsPerDay: Int64 = 86_400_000_000

    private let records: CustomerRecords
    private let work: WorkDesk
    private let duty: Duty
    private let now: @Sendable () async throws -> Int64?
    private let age: Int64
    private let meter: CapabilityMeter
    private let logger: Logger

    /// Creates the service; nil if transcripts are kept forever.
    init?(services: Services, days: Int, logger: Logger) {
        guard days > 0 else { return nil }
        records = CustomerRecords(services: services)
        work = services.work
        // Of several servers of a store one deletes.
        duty = services.duty
        now = { try await services.believedTime() }
        meter = services.meter
        age = Int64(days) * Self.microsecondsPerDay
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let (deleted, pruned) = (await sweep(), await prune())
                let isMore = max(deleted, pruned) == Self.batch
                await Task.pause(for: isMore ? Self.pauseBetweenBatches : Self.pause)
            }
        }
    }

    /// Deletes one batch; returns the number of conversations.
    private func sweep() async -> Int {
        do {
            let deleted =
                try await duty.run {
                    guard let time = try await now() else { return 0 }
                    return try await records.deleteTranscripts(quietSince: time - age, limit: Self.batch, now: time)
                } ?? 0
            meter.count(.transcriptsDeleted, [], by: deleted)
            return deleted
        } catch {
            logger.failure("transcripts could not be deleted", error)
            return 0
        }
    }

    /// Deletes the events of one batch of items of work; returns the number of items.
    private func prune() async -> Int {
        do {
            return try await duty.run {
                guard let time = try await now() else { return 0 }
                return try await work.prune(quietSince: time - age, limit: Self.batch)
            } ?? 0
        } catch {
            logger.failure("events of work could not be deleted", error)
            return 0
        }
    }
}

extension CapabilityMeter.Figure {
    static let transcriptsDeleted = Self("frontline_transcripts_deleted_total")
}
