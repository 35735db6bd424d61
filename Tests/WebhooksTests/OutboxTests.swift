import AuditTrail
import Foundation
import Storage
import Synchronization
import Testing
import Vocabulary
import Webhooks

/// Queuing and sending: what is told, in which order, and what a receiver can do.
@Suite struct OutboxTests {
    private let room: PostRoom
    private static let takes: PostRoom.Receiver.Answer = { _ in WebhookOutcome(status: 200) }

    init() throws { room = try PostRoom() }

    private func begin(_ receiver: PostRoom.Receiver, _ entries: String...) async throws -> WebhookDesk {
        let text = "webhooks:\n" + entries.joined()
        let desk = room.desk(receiver)
        _ = try await desk.hooks.publish(text, note: nil, by: "olga", now: room.clock.now)
        try await room.run(desk)
        return desk
    }

    private func states(_ desk: WebhookDesk) async throws -> [WebhookDeliveryState] {
        try await desk.deliveries(DeliveryQuery(limit: 1_000)).map(\.state).reversed()
    }

    @Test func `a hook is told of what happens after its publication, once`() async throws {
        try await room.note("a", "before")
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a", "after")
        try await room.run(desk)
        try await room.run(desk)
        #expect(receiver.all.map(\.words) == ["after"] && receiver.all.first?.id == "note-2")
        #expect(try await states(desk) == [.delivered])
        let standing = try #require(try await desk.standings().first)
        #expect(standing.waiting == 0 && standing.behind == 0 && standing.state.delivered == 1)
    }

    @Test func `a hook gets the events of its teams alone`() async throws {
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(
            receiver,
            PostRoom.entry("blue", teams: "[blue]"),
            PostRoom.entry("red", teams: "[red]")
        )
        try await room.note("a", team: "red")
        try await room.note("b", team: "blue")
        try await room.run(desk)
        #expect(Set(receiver.all.map { $0.hook + $0.subject }) == ["reda", "blueb"])
    }

    @Test func `what waits is sent again when it is due, and holds up its subject only`() async throws {
        let fails = Mutex(true)
        let receiver = PostRoom.Receiver { receipt in
            WebhookOutcome(status: receipt.subject == "a" && fails.withLock { $0 } ? 500 : 204)
        }
        let desk = try await begin(receiver, PostRoom.entry("crm", "retry: [5s, 1m]"))
        for subject in ["a", "a", "b", "b"] { try await room.note(subject) }
        try await room.run(desk)
        #expect(receiver.all.map(\.sequence).sorted() == [1, 3, 4])
        room.clock.advance(seconds: 4)
        try await room.run(desk)
        #expect(receiver.all.count == 3)
        fails.withLock { $0 = false }
        room.clock.advance(seconds: 1)
        try await room.run(desk)
        #expect(receiver.all.map(\.sequence).suffix(2) == [1, 2])
        #expect(try await states(desk) == [.delivered, .delivered, .delivered, .delivered])
        #expect(try await desk.deliveries(DeliveryQuery()).last?.attempts == 2)
    }

    @Test func `a delivery that was given up makes way for the next of its subject`() async throws {
        let receiver = PostRoom.Receiver { WebhookOutcome(status: $0.sequence == 1 ? 400 : 200) }
        let desk = try await begin(receiver, PostRoom.entry("crm", "retry: [1s]"))
        try await room.note("a")
        try await room.note("a")
        for _ in 0..<3 {
            try await room.run(desk)
            room.clock.advance(seconds: 2)
        }
        #expect(receiver.all.map(\.sequence) == [1, 1, 2])
        #expect(try await states(desk) == [.failed, .delivered])
        #expect(try await desk.standings().first?.state.lost == 1)
    }

    @Test func `a receiver that hangs holds up no other`() async throws {
        let (stream, release) = AsyncStream.makeStream(of: Void.self)
        let receiver = PostRoom.Receiver { receipt in
            if receipt.hook == "slow" { for await _ in stream {} }
            return WebhookOutcome(status: 200)
        }
        let desk = try await begin(receiver, PostRoom.entry("quick"), PostRoom.entry("slow"))
        try await room.note("a")
        while try await desk.takeIn(now: room.clock.now) {}
        let clock = room.clock
        async let slow = desk.deliver("slow", now: { clock.now })
        #expect(try await desk.deliver("quick", now: { clock.now }).map(\.state) == [.delivered])
        release.finish()
        #expect(try await slow.map(\.state) == [.delivered])
    }

    @Test func `no more are under way than the hook allows, and none of one subject beside another`() async throws {
        let now = Mutex<[String]>([])
        let most = Mutex(0)
        let receiver = PostRoom.Receiver { receipt in
            let isAlone = now.withLock { subjects in
                let isAlone = !subjects.contains(receipt.subject)
                subjects.append(receipt.subject)
                most.withLock { $0 = max($0, subjects.count) }
                return isAlone
            }
            for _ in 0..<20 { await Task.yield() }
            now.withLock { $0.removeAll { $0 == receipt.subject } }
            return WebhookOutcome(status: isAlone ? 200 : 599)
        }
        let desk = try await begin(receiver, PostRoom.entry("crm", "parallel: 3"))
        for number in 0..<60 { try await room.note("s\(number % 7)") }
        try await room.run(desk)
        #expect(most.withLock { $0 } <= 3)
        #expect(try await states(desk) == Array(repeating: .delivered, count: 60))
    }

    @Test func `a receiver that fails is left alone, and all is sent when it is back`() async throws {
        let fails = Mutex(true)
        let receiver = PostRoom.Receiver { _ in
            fails.withLock { $0 } ? WebhookOutcome(.connect) : WebhookOutcome(status: 200)
        }
        let desk = try await begin(receiver, PostRoom.entry("crm", "parallel: 1\nretry: [1h, 1h, 1h]"))
        for number in 0..<20 { try await room.note("s\(number)") }
        try await room.run(desk)
        #expect(receiver.all.count == 5)
        try await room.run(desk)
        #expect(receiver.all.count == 5)
        room.clock.advance(seconds: 30)
        try await room.run(desk)
        #expect(receiver.all.count == 6)
        fails.withLock { $0 = false }
        room.clock.advance(seconds: 60)
        try await room.run(desk)
        #expect(try await states(desk) == Array(repeating: .delivered, count: 20))
    }

    @Test func `a receiver that is gone gets nothing until it takes a test, and then everything`() async throws {
        let isGone = Mutex(true)
        let receiver = PostRoom.Receiver { _ in WebhookOutcome(status: isGone.withLock { $0 } ? 410 : 200) }
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a", "first")
        try await room.run(desk)
        try await room.note("a", "second")
        room.clock.advance(seconds: 999_999)
        try await room.run(desk)
        #expect(receiver.all.count == 1)
        let clock = room.clock
        let refused = try await desk.test("crm", by: "olga", now: { clock.now })
        #expect(refused.isGone)
        try await room.run(desk)
        #expect(receiver.all.count == 2)
        isGone.withLock { $0 = false }
        let taken = try await desk.test("crm", by: "olga", now: { clock.now })
        #expect(taken.isSuccess)
        try await room.run(desk)
        #expect(receiver.all.suffix(2).map(\.words) == ["first", "second"])
    }

    @Test func `a paused hook loses nothing`() async throws {
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(receiver, PostRoom.entry("crm", "paused: true"))
        for _ in 0..<300 { try await room.note("a") }
        try await room.run(desk)
        #expect(receiver.all.isEmpty)
        #expect(try await desk.standings().first?.behind == 300)
        try await room.publish(PostRoom.entry("crm"))
        try await room.run(desk)
        #expect(receiver.all.map(\.sequence) == Array(1...300))
    }

    @Test func `what is waiting for a hook that is taken out is not sent`() async throws {
        let receiver = PostRoom.Receiver { _ in WebhookOutcome(status: 500) }
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a")
        try await room.run(desk)
        try await room.publish()
        room.clock.advance(seconds: 999)
        try await room.run(desk)
        #expect(receiver.all.count == 1)
        #expect(try await states(desk) == [.dropped])
        // One of the same name begins anew.
        try await room.note("a", "meanwhile")
        try await room.publish(PostRoom.entry("crm", "parallel: 1"))
        try await room.run(desk)
        try await room.note("a", "now")
        try await room.run(desk)
        #expect(receiver.all.map(\.words) == ["", "now"])
    }

    @Test func `what was erased before it was sent is not sent`() async throws {
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a", "secret")
        try await room.note("a", "plain")
        while try await desk.takeIn(now: room.clock.now) {}
        try await room.store.write { transaction in
            try transaction.execute("DELETE FROM notes WHERE words = 'secret'")
        }
        try await room.run(desk)
        #expect(receiver.all.map(\.words) == ["plain"])
        #expect(try await states(desk) == [.gone, .delivered])
    }

    @Test func `without its secret nothing is sent, and no attempt counts`() async throws {
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a")
        let poor = room.desk(receiver, secrets: PostRoom.Secrets(text: nil))
        try await room.run(poor)
        try await room.run(poor)
        #expect(receiver.all.isEmpty)
        let standing = try #require(try await desk.standings().first)
        #expect(standing.state.problem?.contains("secret") == true && standing.waiting == 1)
        room.clock.advance(seconds: 30)
        try await room.run(desk)
        #expect(receiver.all.count == 1)
        #expect(try await desk.deliveries(DeliveryQuery()).first?.attempts == 1)
    }

    @Test func `a body that is too long is sent without its data`() async throws {
        let receiver = PostRoom.Receiver { WebhookOutcome(status: $0.words == nil ? 200 : 500) }
        let desk = try await begin(receiver, PostRoom.entry("crm", "most_bytes: 4096"))
        try await room.note("a", String(repeating: "x", count: 5_000))
        try await room.run(desk)
        #expect(try await states(desk) == [.delivered])
    }

    @Test func `deliveries are sent again with their ids`() async throws {
        let receiver = PostRoom.Receiver(Self.takes)
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        for number in 0..<4 { try await room.note("s\(number)") }
        try await room.run(desk)
        let numbers = try await desk.deliveries(DeliveryQuery(hook: "crm", limit: 2)).map(\.number)
        let now = room.clock.now
        #expect(try await desk.replay(.numbers(numbers + [999]), of: "crm", by: "olga", now: now) == 2)
        #expect(try await desk.replay(.numbers(numbers), of: "crm", by: "olga", now: now) == 0)
        #expect(try await desk.replay(.failed, of: "crm", by: "olga", now: now) == 0)
        try await room.run(desk)
        #expect(Set(receiver.all.suffix(2).map(\.id)) == ["note-3", "note-4"])
        #expect(try await desk.replay(.since(2), of: "crm", by: "olga", now: now) == 3)
        try await room.run(desk)
        #expect(receiver.all.count == 9)
        await #expect(throws: WebhookError.self) { try await desk.replay(.failed, of: "erp", by: "olga", now: now) }
        await #expect(throws: WebhookError.self) { try await desk.test("erp", by: "olga", now: { now }) }
        let entries = try await room.store.read { try AuditLog.entries(AuditFilter(limit: 100), in: $0) }
        #expect(entries.filter { $0.event.action == "webhook.replay" }.count == 4)
    }

    @Test func `ended deliveries are forgotten after their time, and no others`() async throws {
        let receiver = PostRoom.Receiver { WebhookOutcome(status: $0.subject == "a" ? 200 : 500) }
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.note("a")
        try await room.note("b")
        try await room.run(desk)
        room.clock.advance(seconds: 7 * 86_400 - 10)
        #expect(try await !desk.prune(now: room.clock.now))
        #expect(try await states(desk) == [.delivered, .waiting])
        room.clock.advance(seconds: 20)
        #expect(try await !desk.prune(now: room.clock.now))
        #expect(try await states(desk) == [.waiting])
    }

    @Test func `a hook has no more in its queue than it may, and the log is the rest`() async throws {
        let receiver = PostRoom.Receiver { _ in WebhookOutcome(status: 500) }
        let desk = try await begin(receiver, PostRoom.entry("crm"))
        try await room.store.write { transaction in
            for _ in 0..<(WebhookDesk.mostWaiting + 50) {
                try transaction.execute(
                    "INSERT INTO notes (cursor, subject, team, words) VALUES ($1, 'a', 'red', '')",
                    [.integer(try Store.next(PostRoom.log.name, in: transaction))]
                )
            }
        }
        while try await desk.takeIn(now: room.clock.now) {}
        let standing = try #require(try await desk.standings().first)
        #expect(standing.waiting == WebhookDesk.mostWaiting && standing.behind == 50)
    }
}
