import AuditTrail
import Foundation
import Storage
import Synchronization
import TestStores
import Testing
import Versioning

@Suite struct LiveSourceTests {
    private struct NoNumber: Error {}

    private let store: Store
    private let source: LiveSource<Int>
    private let compilations = Compilations()

    /// Counts how often a source was compiled.
    private final class Compilations: Sendable {
        let count = Mutex(0)
    }

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("live-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations
        )
        source = LiveSource("number", in: store) { [compilations] text in
            compilations.count.withLock { $0 += 1 }
            guard let number = Int(text) else { throw NoNumber() }
            return number
        }
    }

    private func publish(_ text: String, _ republication: Republication = .allowed) async throws -> Int64 {
        try await source.publish(text, note: nil, republication: republication, by: "olga", now: 1).version
    }

    @Test func `nothing is in force before the first publication`() async throws {
        #expect(try await source.inForce()?.value == nil)
        #expect(try await source.versions()?.count == nil)
        #expect(try await source.source(version: nil)?.version == nil)
        #expect(try await source.rollBack(to: 1, reason: "x", by: "olga", now: 1) == .unknown)
    }

    @Test func `a source with mistakes changes nothing`() async throws {
        _ = try await publish("7")
        await #expect(throws: NoNumber.self) { try await publish("seven") }
        #expect(try await source.inForce()?.value == 7)
        #expect(try await source.versions()?.count == 1)
    }

    @Test func `a version is compiled once for all its readers`() async throws {
        _ = try await publish("7")
        _ = try await source.inForce()
        let before = compilations.count.withLock { $0 }
        for _ in 0..<3 { #expect(try await source.inForce()?.value == 7) }
        let inside = try await store.write { [source] in try source.inForce(in: $0)?.value }
        #expect(inside == 7)
        #expect(compilations.count.withLock { $0 } == before)
    }

    @Test func `a transaction sees the newest version`() async throws {
        _ = try await publish("7")
        _ = try await source.inForce()
        _ = try await publish("8")
        let inside = try await store.write { [source] in try source.inForce(in: $0) }
        #expect(inside?.version == 2 && inside?.value == 8)
    }

    @Test func `a rollback says what it did`() async throws {
        _ = try await publish("7")
        _ = try await publish("8")
        guard case .done = try await source.rollBack(to: 1, reason: "x", by: "olga", now: 2) else {
            Issue.record("the rollback was not done")
            return
        }
        #expect(try await source.inForce()?.value == 7)
        #expect(try await source.rollBack(to: 1, reason: "x", by: "olga", now: 3) == .alreadyInForce)
        #expect(try await source.rollBack(to: 9, reason: "x", by: "olga", now: 3) == .unknown)
        // What was rolled back does not come back at a start.
        #expect(try await publish("8", .never) == 2)
        #expect(try await source.inForce()?.value == 7)
        #expect(try await publish("8") == 3)
        #expect(try await source.inForce()?.value == 8)
    }
}
