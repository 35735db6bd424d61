import Storage
import Synchronization
import TestStores
import Testing

/// Bodies that are committed together, of which some fail in every way that there is.
@Suite struct BatchTests {
    private struct Refused: Error {}

    /// What one body does; each writes a row of its own.
    private enum Plan: CaseIterable {
        case writes, posts, asks, throwsAtOnce, throwsAfterPosting, throwsAfterWriting, throwsAfterAsking
        case writesTwice, postsTwice, postsTwiceAndAsks

        var isKept: Bool {
            switch self {
            case .writes, .posts, .asks: true
            default: false
            }
        }

        func perform(_ number: Int64, _ transaction: WriteTransaction) throws {
            let insert = "INSERT INTO things (id) VALUES ($1)"
            let ask = { _ = try transaction.first("SELECT count(*) AS count FROM things") { try $0.integer("count") } }
            switch self {
            case .writes: try transaction.execute(insert, [.integer(number)])
            case .posts: try transaction.post(insert, [.integer(number)])
            case .asks:
                try transaction.post(insert, [.integer(number)])
                try ask()
            case .throwsAtOnce: throw Refused()
            case .throwsAfterPosting:
                try transaction.post(insert, [.integer(number)])
                throw Refused()
            case .throwsAfterWriting:
                try transaction.execute(insert, [.integer(number)])
                throw Refused()
            case .throwsAfterAsking:
                try transaction.post(insert, [.integer(number)])
                try ask()
                throw Refused()
            case .writesTwice: for _ in 0..<2 { try transaction.execute(insert, [.integer(number)]) }
            case .postsTwice: for _ in 0..<2 { try transaction.post(insert, [.integer(number)]) }
            case .postsTwiceAndAsks:
                for _ in 0..<2 { try transaction.post(insert, [.integer(number)]) }
                try ask()
            }
        }

        func isExpected(_ error: any Error) -> Bool {
            switch self {
            case .writesTwice, .postsTwice, .postsTwiceAndAsks: (error as? StorageError)?.code == .constraint
            default: error is Refused
            }
        }
    }

    /// A commit that waits for another node's takes along who comes meanwhile, but never more than fit.
    @Test(.timeLimit(.minutes(1))) func `bodies that come while a batch waits for its turn join it`() async {
        let sizes = Mutex<[Int]>([])
        let writer = BatchWriter(isSorted: false) { batch in
            let wanted = sizes.withLock { $0.isEmpty ? 64 : 36 }
            while batch.jobs.count < wanted { batch.join() }
            batch.join()
            sizes.withLock { $0.append(batch.jobs.count) }
            throw Refused()
        }
        await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask {
                    await #expect(throws: Refused.self) { try await writer.write(durability: .full) { _ in } }
                }
            }
        }
        #expect(sizes.withLock(\.self) == [64, 36])
        writer.close()
    }

    /// Rare failures are the usual case, and in a batch where all of them are of one kind none hides another.
    @Test(arguments: TestEngine.all, 1...4 as ClosedRange<UInt64>)
    func `each has its own outcome, whatever becomes of the others`(engine: TestEngine, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let failing = Plan.allCases.filter { !$0.isKept }
        let plans = (0..<200).map { _ in
            let isFailing = Int.random(in: 0..<10, using: &random) < 2 * Int(seed)
            return (isFailing ? failing : [.writes, .posts, .asks]).randomElement(using: &random) ?? .writes
        }
        let store = try engine.place().open([
            Migration("things", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY)"])
        ])
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for (number, plan) in plans.enumerated() {
                group.addTask {
                    do {
                        let written = try await store.write { transaction in
                            try plan.perform(Int64(number), transaction)
                            return number
                        }
                        return (number, plan.isKept && written == number)
                    } catch {
                        return (number, !plan.isKept && plan.isExpected(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { !$0.1 }.map { "\($0.0): \(plans[$0.0])" } == [])
        let kept = try store.readNow { try $0.rows("SELECT id FROM things ORDER BY id") { try $0.integer("id") } }
        #expect(kept == plans.indices.filter { plans[$0].isKept }.map(Int64.init))
    }
}
