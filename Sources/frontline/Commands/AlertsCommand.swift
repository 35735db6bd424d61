import ArgumentParser
import Dispatch
import Foundation
import FrontlineClient
import FrontlineProtocol
import JSONRPC

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
                standard error; --after takes it.
                """
        )

        /// How many events are shown where nobody said after which one to begin.
        private static let recent: Int64 = 20

        @OptionGroup var connection: ConnectionOptions
        @Flag(help: "Go on until interrupted.") var follow = false
        @Option(help: "Begin after this cursor; 0 is the beginning of the log.") var after: String?
        @Option(help: "The least severity: info, warning or critical.") var severity: String?
        @Flag(help: "Print one JSON object a line.") var json = false

        func validate() throws {
            if let severity, AlertSeverity(rawValue: severity) == nil {
                throw ValidationError("--severity is info, warning or critical")
            }
            if let after, Int64(after).map({ $0 < 0 }) ?? true { throw ValidationError("--after is a cursor") }
        }

        func run() async throws {
            let tail = AlertTail(
                connection: connection,
                severity: severity.flatMap(AlertSeverity.init),
                printer: AlertPrinter(isJSON: json)
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

/// Ends the program in good order when a person presses Control-C or the system asks it to.
private struct Interrupt {
    private let sources: [any DispatchSourceSignal]

    init(_ body: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                body()
                Foundation.exit(0)
            }
            source.resume()
            return source
        }
    }

    func cancel() { for source in sources { source.cancel() } }
}
