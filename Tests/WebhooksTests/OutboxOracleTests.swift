import Digests
import Foundation
import Storage
import Synchronization
import Testing
import Vocabulary
import Webhooks

/// Random events, receivers that fail, lie and stop, and servers that end at any moment, beside rules that are obvious: of each
/// subject nothing is received before what happened earlier was taken, and in the end everything was received.
@Suite struct OutboxOracleTests {
    /// What a receiver has seen; it says so when an order was broken.
    private final class Book: Sendable {
        private struct State {
            /// By hook and subject: the events that were answered with 2xx, in that order.
            var taken: [String: [Int64]] = [:]
            var received: [String: Set<Int64>] = [:]
            var faults: [String] = []
            var dice: SeededGenerator
            var calm = false
        }

        private let state: Mutex<State>
        private let happened: @Sendable (String) -> [Int64]

        init(seed: UInt64, happened: @escaping @Sendable (String) -> [Int64]) {
            state = Mutex(State(dice: SeededGenerator(seed: seed, input: 7)))
            self.happened = happened
        }

        func calmDown() { state.withLock { $0.calm = true } }
        var faults: [String] { state.withLock { $0.faults } }
        func received(_ hook: String) -> Set<Int64> { state.withLock { $0.received[hook] ?? [] } }

        func answer(_ receipt: PostRoom.Receipt) -> WebhookOutcome {
            state.withLock { state in
                let key = receipt.hook + "/" + receipt.subject
                // All that happened to the subject before must have been taken.
                let before = happened(receipt.subject).filter { $0 < receipt.sequence }
                let missing = Set(before).subtracting(state.taken[key] ?? [])
                if !missing.isEmpty { state.faults.append("\(key): \(receipt.sequence) before \(missing.sorted())") }
                state.received[receipt.hook, default: []].insert(receipt.sequence)
                switch state.calm ? 0 : Int.random(in: 0..<10, using: &state.dice) {
                case 0...4: break
                case 5:
                    return WebhookOutcome(status: 503, retryAfter: .seconds(Int.random(in: 0...90, using: &state.dice)))
                case 6: return WebhookOutcome(status: 302)
                case 7: return WebhookOutcome(.timeout)
                case 8:
                    // The receiver has it, and the server ends before it can note that.
                    state.taken[key, default: []].append(receipt.sequence)
                    return WebhookOutcome(.cancelled)
                default: return WebhookOutcome(.connect)
                }
                state.taken[key, default: []].append(receipt.sequence)
                return WebhookOutcome(status: 200)
            }
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `everything arrives, and of each subject in order`(seed: UInt64) async throws {
        let room = try PostRoom()
        let happened = Mutex<[String: [Int64]]>([:])
        let book = Book(seed: seed) { subject in happened.withLock { $0[subject] ?? [] } }
        let receiver = PostRoom.Receiver { book.answer($0) }
        try await room.publish(
            PostRoom.entry("one", "retry: [\(Array(repeating: "20s", count: 30).joined(separator: ", "))]"),
            PostRoom.entry(
                "two",
                "parallel: 1\nretry: [\(Array(repeating: "1m", count: 30).joined(separator: ", "))]\nbreaker: {failures: 3, pause: 10s, longest: 1m}"
            )
        )
        var dice = SeededGenerator(seed: seed, input: 1)
        var desk = room.desk(receiver)
        try await room.run(desk)
        var number: Int64 = 0
        for _ in 0..<25 {
            for _ in 0..<Int.random(in: 0...8, using: &dice) {
                let subject = "s\(Int.random(in: 0..<5, using: &dice))"
                number += 1
                happened.withLock { [number] in $0[subject, default: []].append(number) }
                try await room.note(subject)
            }
            switch Int.random(in: 0..<4, using: &dice) {
            case 0:
                // A server takes things in and ends before it sends them; another one goes on.
                _ = try await desk.takeIn(now: room.clock.now)
                desk = room.desk(receiver, store: try PostRoom.open(room.folder))
            case 1:
                // Two servers take things in at once.
                let (one, other, now) = (desk, room.desk(receiver), room.clock.now)
                async let first = one.takeIn(now: now)
                async let second = other.takeIn(now: now)
                _ = try await (first, second)
            default: break
            }
            try await room.run(desk)
            room.clock.advance(seconds: Int64.random(in: 0...40, using: &dice))
        }
        book.calmDown()
        for _ in 0..<60 where try await desk.standings().contains(where: { $0.waiting + Int($0.behind) > 0 }) {
            try await room.run(desk)
            room.clock.advance(seconds: 60)
        }
        #expect(book.faults == [])
        for hook in ["one", "two"] { #expect(book.received(hook) == Set(1...max(number, 1))) }
        let states = Set(try await desk.deliveries(DeliveryQuery(limit: 10_000)).map(\.state))
        #expect(states == [.delivered])
    }
}
