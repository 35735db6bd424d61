import Access
import AuditTrail
import Foundation
import Storage
import Synchronization
import TestStores
import Versioning
import Vocabulary
import Webhooks

/// A store with a log of its own, hooks, and a receiver that answers as a test wants.
struct PostRoom {
    /// A log whose events have a team and a text.
    struct Log: EventLog {
        static let migrations = [
            Migration(
                "notes",
                [
                    """
                    CREATE TABLE notes (
                        cursor BIGINT NOT NULL PRIMARY KEY,
                        subject TEXT NOT NULL,
                        team TEXT NOT NULL,
                        words TEXT NOT NULL
                    )
                    """
                ]
            )
        ]

        let name: String
        let noun: String

        func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent] {
            try transaction.rows(
                "SELECT cursor, subject, team, words FROM notes WHERE cursor > $1 ORDER BY cursor LIMIT $2",
                [.integer(cursor), .integer(Int64(limit))]
            ) { row in
                let (team, words) = (try row.text("team"), try row.text("words"))
                return HookEvent(
                    cursor: try row.integer("cursor"),
                    type: "alert.raised",
                    subject: try row.text("subject"),
                    at: try row.integer("cursor"),
                    isSeen: { $0.leads(anyOf: [team]) },
                    data: { _ in ["words": .string(words)] }
                )
            }
        }
    }

    /// What a receiver got.
    struct Receipt: Sendable, Hashable {
        let hook: String
        let id: String
        let subject: String
        let sequence: Int64
        let words: String?
    }

    /// Notes what it gets and answers as it is told.
    final class Receiver: WebhookSender {
        typealias Answer = @Sendable (Receipt) async -> WebhookOutcome

        private let receipts = Mutex<[Receipt]>([])
        private let answer: Answer

        init(_ answer: @escaping Answer) { self.answer = answer }

        var all: [Receipt] { receipts.withLock { $0 } }

        func send(_ request: WebhookRequest) async -> WebhookOutcome {
            let event = try? JSON(parsing: Array(request.body.utf8))
            let receipt = Receipt(
                hook: request.hook.name,
                id: event?["id"]?.string ?? "",
                subject: event?["subject"]?.string ?? "",
                sequence: event?["sequence"]?.string.flatMap { Int64($0) } ?? 0,
                words: event?["data"]?["words"]?.string
            )
            receipts.withLock { $0.append(receipt) }
            return await answer(receipt)
        }
    }

    /// Secrets that are all the same, unless there are none.
    struct Secrets: WebhookSecrets {
        var text: String? = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        func secret(at place: Webhook.SecretPlace) -> String? { text }
    }

    /// A clock set by the test.
    final class Clock: Sendable {
        private let time = Mutex<Int64>(1_795_000_000_000_000)
        var now: Int64 { time.withLock { $0 } }
        func advance(seconds: Int64) { time.withLock { $0 += seconds * 1_000_000 } }
        func set(_ now: Int64) { time.withLock { $0 = max($0, now) } }
    }

    static let log = Log(name: "note_events", noun: "note")

    let folder: URL
    let store: Store
    let clock = Clock()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("post-\(UUID().uuidString)")
        store = try Self.open(folder)
    }

    static func open(_ folder: URL) throws -> Store {
        try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + WebhookDesk.migrations
                + Log.migrations
        )
    }

    func desk(
        _ receiver: Receiver,
        secrets: Secrets = Secrets(),
        store: Store? = nil,
        chance: @escaping @Sendable () -> Double = { 0 }
    ) -> WebhookDesk {
        let store = store ?? self.store
        return WebhookDesk(
            store: store,
            hooks: WebhookStore(store: store),
            logs: [Self.log],
            secrets: secrets,
            sender: receiver,
            chance: chance
        )
    }

    /// An entry of the file.
    static func entry(_ name: String, _ more: String = "", teams: String = "\"*\"") -> String {
        """
          \(name):
            url: https://\(name).example.com/
            events: [alert.*]
            teams: \(teams)
            secrets: [{env: FRONTLINE_WEBHOOK_A}]
        \(more.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))

        """
    }

    func publish(_ entries: String...) async throws {
        let text = entries.isEmpty ? "webhooks: {}" : "webhooks:\n" + entries.joined()
        _ = try await WebhookStore(store: store).publish(text, note: nil, by: "olga", now: clock.now)
    }

    /// Has something happen.
    func note(_ subject: String, _ words: String = "", team: String = "red") async throws {
        try await store.write { transaction in
            try transaction.execute(
                "INSERT INTO notes (cursor, subject, team, words) VALUES ($1, $2, $3, $4)",
                [.integer(try Store.next(Self.log.name, in: transaction)), .text(subject), .text(team), .text(words)]
            )
        }
    }

    /// Queues and sends all that is due now.
    func run(_ desk: WebhookDesk) async throws {
        while try await desk.takeIn(now: clock.now) {}
        for hook in try await desk.due(now: clock.now) {
            try await desk.deliver(hook.name, now: { [clock] in clock.now })
        }
    }
}
