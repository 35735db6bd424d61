import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import JSONRPC
import Vocabulary

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Follow the alerts of a server.",
        subcommands: [TailCommand.self]
    )

    struct TailCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tail",
            abstract: "Print what happens to alerts; with --follow for as long as it runs.",
            discussion: """
                Without --follow it prints what the log holds and ends: everything after --after, else the last events. A
                connection that breaks is made again, and the stream goes on where it was. At the end the last cursor goes to
                standard error; --after takes it. With --after last nothing need be kept: it goes on after what the last
                such run has printed, on whatever machine; a run with filters moves that mark no further, for it has not
                shown everything. --kind, --team and --agent may be given several times. Times are those of this
                machine's zone.
                """
        )

        /// How many events are shown where nobody said after which one to begin.
        private static let recent: Int64 = 20

        @OptionGroup var connection: ConnectionOptions
        @Flag(help: "Continue until interrupted.") var follow = false
        @Option(help: "Begin after this cursor; 0 is the beginning of the log, last is what was read before.")
        var after: String?
        @Option(help: "The least severity: info, warning or critical.") var severity: String?
        @Option(name: .customLong("kind"), parsing: .singleValue, help: "Only alerts of this kind.")
        var kinds: [String] = []
        @Option(name: .customLong("team"), parsing: .singleValue, help: "Only alerts of this team.")
        var teams: [String] = []
        @Option(name: .customLong("agent"), parsing: .singleValue, help: "Only alerts of this agent's contacts.")
        var agents: [String] = []
        @Option(help: "Only alerts of the customer with this id.") var customer: String?
        @Flag(help: "Print times in UTC.") var utc = false
        @Flag(help: "Print one JSON object a line, with times in UTC.") var json = false

        func validate() throws {
            if let severity, Severity(rawValue: severity) == nil {
                throw ValidationError("--severity is info, warning or critical")
            }
            if let after, after != EventTail.last, Int64(after).map({ $0 < 0 }) ?? true {
                throw ValidationError("--after is a cursor, or “\(EventTail.last)”")
            }
        }

        private var isFiltered: Bool {
            severity != nil || customer != nil || !kinds.isEmpty || !teams.isEmpty || !agents.isEmpty
        }

        func run() async throws {
            let wanted = AlertsSubscribe.Params(
                severity: severity.flatMap(Severity.init),
                kinds: kinds.isEmpty ? nil : kinds,
                teams: teams.isEmpty ? nil : teams,
                agents: agents.isEmpty ? nil : agents,
                customerId: customer
            )
            let printer = AlertPrinter(isJSON: json, times: utc ? .utc : .local)
            let tail = EventTail(
                connection: connection,
                feed: .alerts(wanted, printer),
                marksRead: after == EventTail.last && !isFiltered
            )
            let end = Interrupt { tail.reportCursor() }
            defer { end.cancel() }
            if follow {
                try await tail.follow(after: after)
            } else {
                try await tail.printLog(after: after, recent: Self.recent)
            }
            tail.reportCursor()
        }
    }
}

extension TailedFeed {
    /// The feed of alerts that pass a filter.
    static func alerts(_ wanted: AlertsSubscribe.Params, _ printer: AlertPrinter) -> TailedFeed {
        TailedFeed(
            subscribe: { client, after, isFiltered in
                var params = isFiltered ? wanted : AlertsSubscribe.Params()
                params.after = after
                let answer = try await client.call(AlertsSubscribe.self, params)
                return .init(id: answer.subscriptionId, cursor: answer.cursor, lostAfter: answer.lostAfter)
            },
            unsubscribe: { _ = try await $0.call(AlertsUnsubscribe.self, .init(subscriptionId: $1)) },
            mark: { _ = try await $0.call(AlertsRead.self, .init(cursor: Cursor($1))) },
            news: { notification in
                if let event = try notification.params(of: AlertsEvent.self) {
                    return .event(event.cursor.position, show: { printer.show(event) })
                }
                if let beat = try notification.params(of: AlertsHeartbeat.self) { return .alive(beat.cursor.position) }
                return notification.method == AlertsLagging.name ? .ended : nil
            }
        )
    }
}
