import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import JSONRPC
import Vocabulary
import Webhooks

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "See how webhooks stand, send events again, try a receiver, and make secrets.",
        discussion: "Webhooks are declared in rules/webhooks.yaml.",
        subcommands: [
            WebhookListCommand.self, WebhookDeliveriesCommand.self, WebhookReplayCommand.self,
            WebhookTestCommand.self, WebhookCheckCommand.self, WebhookSecretCommand.self,
        ]
    )
}

struct WebhookListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the webhooks in force, and how their receivers behave."
    )

    @OptionGroup var connection: ConnectionOptions
    @Flag(help: "Print a JSON object a webhook instead.") var json = false

    func run() async throws {
        let client = try await connection.open()
        for hook in try await client.call(WebhookList.self, .init()).webhooks {
            if json { try Console.printJSON(hook) } else { Console.print(Self.line(hook)) }
        }
        await client.close()
    }

    private static func line(_ hook: WebhookList.Webhook) -> String {
        var parts = [
            hook.webhook, hook.state.rawValue, "\(hook.waiting) waiting", "\(hook.delivered) delivered",
            "\(hook.failed) failed", hook.url,
        ]
        if let problem = hook.problem, hook.failures > 0 || hook.state == .resting { parts.append(problem) }
        if let resumes = hook.resumesAt { parts.append("until \(resumes)") }
        return parts.joined(separator: "  ")
    }
}

struct WebhookDeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "List what webhooks were or are to be told, newest first.",
        discussion: "Prints a line a delivery; a cursor to go on with goes to standard error."
    )

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Only those of this webhook.") var webhook: String?
    @Option(
        help:
            "Only those in this state: \(WebhookDeliveryState.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var state: String?
    @Option(help: "How many at most, up to 500.") var limit = 50
    @Option(help: "Where to go on.") var cursor: String?
    @Flag(help: "Print a JSON object a delivery instead.") var json = false

    func run() async throws {
        let place = try cursor.map { text in
            guard let place = Cursor(text) else {
                throw ValidationError("--cursor is what an earlier list has printed")
            }
            return place
        }
        let params = WebhookDeliveries.Params(
            webhook: webhook,
            state: try choice(state, "--state"),
            limit: limit,
            cursor: place
        )
        let client = try await connection.open()
        let page = try await client.call(WebhookDeliveries.self, params)
        for delivery in page.deliveries {
            if json { try Console.printJSON(delivery) } else { Console.print(Self.line(delivery)) }
        }
        if let next = page.nextCursor { Console.error("cursor \(next)") }
        await client.close()
    }

    private static func line(_ delivery: WebhookDeliveries.Delivery) -> String {
        var parts = [
            delivery.deliveryId, delivery.webhook, delivery.state.rawValue, delivery.type, delivery.subject,
            "\(delivery.attempts) \(delivery.attempts == 1 ? "attempt" : "attempts")", "\(delivery.createdAt)",
        ]
        if let problem = delivery.problem { parts.append(problem) }
        if let due = delivery.dueAt, delivery.attempts > 0 { parts.append("again at \(due)") }
        return parts.joined(separator: "  ")
    }
}

struct WebhookReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Have deliveries sent again that have ended.",
        discussion: """
            frontline webhook replay crm --failed
            frontline webhook replay crm --since 2026-11-21T08:00:00Z
            frontline webhook replay crm wd-17 wd-18
            """
    )

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The webhook.") var webhook: String
    @Argument(help: "Deliveries, up to 200.") var deliveries: [String] = []
    @Flag(help: "All that were given up.") var failed = false
    @Option(help: "All of events that happened at or after this moment.") var since: String?

    func validate() throws {
        guard [!deliveries.isEmpty, failed, since != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("name deliveries, or say --failed, or --since")
        }
    }

    func run() async throws {
        let moment = try since.map { text in
            guard let moment = Timestamp(text) else {
                throw ValidationError("--since is a moment such as 2026-11-21T08:00:00Z, found “\(text)”")
            }
            return moment
        }
        let params = WebhookReplay.Params(
            webhook: webhook,
            deliveryIds: deliveries.isEmpty ? nil : deliveries,
            failed: failed ? true : nil,
            since: moment
        )
        let client = try await connection.open()
        Console.print("\(try await client.call(WebhookReplay.self, params).queued) deliveries are sent again")
        await client.close()
    }
}

struct WebhookTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a signed test event to a webhook, and tell what its receiver answers.",
        discussion:
            "The exit code is 1 when the receiver does not take it. A webhook that was stopped goes on when it does."
    )

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The webhook.") var webhook: String
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let client = try await connection.open()
        let result = try await client.call(WebhookTest.self, .init(webhook: webhook))
        await client.close()
        if json {
            try Console.printJSON(result)
        } else if result.delivered {
            Console.print("\(webhook) took it in \(result.milliseconds) ms")
        } else {
            Console.error("\(webhook) \(result.problem ?? "did not take it")")
        }
        guard result.delivered else { throw ExitCode.failure }
    }
}

struct WebhookCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a file of webhooks, and print what it says.",
        discussion: "Prints each mistake as file:line:column: what; the exit code is then 1."
    )

    @Argument(help: "The file.", completion: .file(extensions: ["yaml"])) var file: String

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(message: "\(file) cannot be read")
        }
        do throws(WebhookError) {
            let book = try WebhookBook(yaml: String(decoding: bytes, as: UTF8.self), file: file)
            for hook in book.hooks {
                let events = hook.events.joined(separator: ", ")
                Console.print("\(hook.name): \(events) of \(hook.teams.joined(separator: ", ")) to \(hook.url)")
            }
            Console.error("\(book.hooks.count) webhooks")
        } catch {
            for finding in error.findings { Console.print(finding.description) }
            throw ExitCode.failure
        }
    }
}

struct WebhookSecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Print a new secret, for the server and for the receiver."
    )

    func run() { Console.print(WebhookSignature.newSecret()) }
}
