import ArgumentParser
import FrontlineService
import Resolution
import Storage
import Timekeeping
import Vocabulary

struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Look at the clock as a store sees it, accept it, or repair what was dated by a wrong one.",
        discussion: """
            A server does not believe a clock that is far ahead of the last time at which the store was served: nothing is \
            granted, nothing expires, and server.health is degraded. Set the clock right; nothing else is to be done then. \
            When the clock is right and the store was away for long, accept it. When a wrong clock was believed and entries are \
            dated in the future, set it right and repair.
            """,
        subcommands: [ShowCommand.self, AcceptCommand.self, RepairCommand.self],
        defaultSubcommand: ShowCommand.self
    )

    /// What the command prints.
    private struct Line: Encodable {
        let now: String
        let lastServed: String?
        let entriesInTheFuture: Int64
        var redated: Int64?

        enum CodingKeys: String, CodingKey {
            case now
            case lastServed = "last_served"
            case entriesInTheFuture = "entries_in_the_future"
            case redated
        }

        init(_ folder: DataFolder, now: Int64, redated: Int64? = nil) throws {
            self.now = RFC3339.text(of: now)
            self.redated = redated
            (lastServed, entriesInTheFuture) = try folder.store.readNow { transaction in
                (
                    try ClockGuard.mark(in: transaction).map { RFC3339.text(of: $0) },
                    try AuthorityLedger.entries(after: now, in: transaction)
                )
            }
        }
    }

    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print the time, when the store was last served, and how many entries are dated in the future."
        )

        @OptionGroup var data: DataOptions

        func run() throws {
            let folder = try data.open()
            try Console.printJSON(Line(folder, now: folder.now()))
        }
    }

    struct AcceptCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept",
            abstract:
                "Take the clock of this machine for right; a running server grants again within seconds. Recorded."
        )

        @OptionGroup var data: DataOptions

        func run() throws {
            let folder = try data.open()
            let now = folder.now()
            try folder.store.writeNow { try ClockGuard.accept(now, by: .commandLine, in: $0) }
            try Console.printJSON(Line(folder, now: now))
        }
    }

    struct RepairCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "repair",
            abstract: "Accept the clock, and date the ledger's entries from the future back to now. Recorded.",
            discussion:
                "Set the clock right first. Amounts, decisions and their order stay; everything counts from now on."
        )

        @OptionGroup var data: DataOptions

        func run() throws {
            let folder = try data.open()
            let now = folder.now()
            let lifetime = folder.authority.pendingLifetime
            let redated = try folder.store.writeNow { transaction in
                try ClockGuard.accept(now, by: .commandLine, in: transaction)
                return try AuthorityLedger.redate(to: now, lifetime: lifetime, by: .commandLine, in: transaction)
            }
            try Console.printJSON(Line(folder, now: now, redated: redated))
        }
    }
}
