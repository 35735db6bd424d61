import NIOCore
import RPCServer
import Synchronization
import Testing
import Vocabulary

/// How many answers are made at a time, and in whose turn.
@Suite struct AnswerBudgetTests {
    /// Notes who got a permit, in order, and tells when somebody waits.
    private final class Log: Sendable {
        private let names = Mutex<[String]>([])
        let told: AsyncStream<Void>
        private let tell: AsyncStream<Void>.Continuation

        init() { (told, tell) = AsyncStream.makeStream(of: Void.self) }

        func note(_ name: String) {
            names.withLock { $0.append(name) }
            tell.yield()
        }

        var all: [String] { names.withLock { $0 } }
    }

    private static let large = 1_000_000

    /// Has somebody ask, and returns once it waits or has its permit.
    private func ask(
        _ budget: AnswerBudget,
        _ name: String,
        _ connection: UInt64,
        bytes: Int = large,
        _ log: Log
    ) async -> Task<AnswerBudget.Permit, Never> {
        let (waiting, count) = (budget.waitingCount, log.all.count)
        let task = Task {
            let permit = await budget.permit(forAnswerOf: bytes, on: connection)
            log.note(name)
            return permit
        }
        while budget.waitingCount == waiting, log.all.count == count { await Task.yield() }
        return task
    }

    @Test func largeAnswersShareALimitAndSmallOnesPassThem() async {
        let (budget, log) = (AnswerBudget(limit: 2 * Self.large * AnswerBudget.bytesPerByte), Log())
        let first = await ask(budget, "a", 1, log)
        let second = await ask(budget, "b", 2, log)
        let third = await ask(budget, "c", 3, log)
        let small = await ask(budget, "small", 4, bytes: 100, log)
        #expect(log.all == ["a", "b", "small"] && budget.waitingCount == 1)
        budget.release(await second.value)
        budget.release(await third.value)
        #expect(log.all.last == "c")
        for task in [first, small] { budget.release(await task.value) }
        #expect(budget.waitingCount == 0)
    }

    @Test func anAnswerLargerThanTheBudgetIsMadeAlone() async {
        let counted = Mutex(0)
        let log = Log()
        let budget = AnswerBudget(limit: 4_000_000, count: { change in counted.withLock { $0 += change } })
        let huge = await ask(budget, "huge", 1, bytes: 1 << 30, log)
        #expect(counted.withLock { $0 } == 4_000_000)
        let other = await ask(budget, "other", 2, log)
        #expect(log.all == ["huge"])
        budget.release(await huge.value)
        budget.release(await other.value)
        #expect(log.all == ["huge", "other"] && counted.withLock { $0 } == 0)
    }

    @Test func connectionsTakeTurns() async {
        let (budget, log) = (AnswerBudget(limit: 1), Log())
        let first = await ask(budget, "first", 1, log)
        var tasks: [Task<AnswerBudget.Permit, Never>] = []
        for (name, connection) in [("a1", 1), ("a2", 1), ("a3", 1), ("b1", 2), ("b2", 2), ("c1", 3)] {
            tasks.append(await ask(budget, name, UInt64(connection), log))
        }
        budget.release(await first.value)
        for index in [0, 3, 5, 1, 4, 2] { budget.release(await tasks[index].value) }
        #expect(log.all == ["first", "a1", "b1", "c1", "a2", "b2", "a3"])
    }

    @Test func withoutRoomElsewhereLargeAnswersAreMadeOneAfterAnother() async {
        let hasRoom = Mutex(false)
        let relieved = Mutex(0)
        let log = Log()
        let budget = AnswerBudget(limit: 1 << 30) { _ in
            hasRoom.withLock { $0 }
        } relieve: {
            relieved.withLock { $0 += 1 }
        }
        let first = await ask(budget, "a", 1, log)
        let second = await ask(budget, "b", 2, log)
        let third = await ask(budget, "c", 3, log)
        #expect(log.all == ["a"] && relieved.withLock { $0 } == 2)
        budget.release(await first.value)
        budget.release(await second.value)
        hasRoom.withLock { $0 = true }
        let fourth = await ask(budget, "d", 4, log)
        #expect(log.all == ["a", "b", "c", "d"])
        for task in [third, fourth] { budget.release(await task.value) }
    }

    @Test func smallAnswersAreMadeSoManyAtATime() async {
        let (budget, log) = (AnswerBudget(limit: 1), Log())
        var permits: [AnswerBudget.Permit] = []
        for number in 0..<AnswerBudget.smallAtATime {
            permits.append(await budget.permit(forAnswerOf: 10, on: UInt64(number)))
        }
        let waiting = await ask(budget, "one more", 1, bytes: 10, log)
        #expect(log.all.isEmpty)
        budget.release(permits.removeLast())
        permits.append(await waiting.value)
        #expect(log.all == ["one more"])
        for permit in permits { budget.release(permit) }
    }

    @Test func aLargeAnswerIsRememberedForHalfAnHourHoweverManySmallOnesFollow() {
        let (sizes, start) = (AnswerSizes(), NIODeadline.uptimeNanoseconds(1_000))
        sizes.note(2_000_000, of: "get", now: start)
        for second in 1...1_000 { sizes.note(100, of: "get", now: start + .seconds(Int64(second))) }
        #expect(sizes.expected(of: "get") < 1_000)
        #expect(sizes.room(for: "get", now: start + .seconds(1_000)) == 2_000_000)
        sizes.note(100, of: "get", now: start + .minutes(31))
        #expect(sizes.room(for: "get", now: start + .minutes(32)) == 2_000_000)
        sizes.note(100, of: "get", now: start + .minutes(62))
        #expect(sizes.room(for: "get", now: start + .minutes(63)) == 100)
    }

    @Test func theFirstAnswerOfAMethodIsTakenForSmallAndThoseBesideItForLarge() {
        let sizes = AnswerSizes()
        #expect(sizes.room(for: "get") <= AnswerBudget.smallBytes)
        #expect(sizes.room(for: "get") > AnswerBudget.smallBytes)
        #expect(sizes.room(for: "other") <= AnswerBudget.smallBytes)
        sizes.note(100, of: "get")
        #expect(sizes.room(for: "get") == 100)
    }
}
