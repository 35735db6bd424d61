import ArgumentParser
import BusinessCalendar
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Check the calendar of business hours, and ask it whether a team works and when something is due.",
        subcommands: [CalendarCheckCommand.self, CalendarOpenCommand.self, CalendarDueCommand.self]
    )
}

struct CalendarCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a calendar and print what it says.",
        discussion: """
            Prints the zone and the weekly hours of the company and of each team with its own hours or holidays. Mistakes go \
            to standard error, as file:line:column: what; the exit code is 1 then.
            """
    )

    @Argument(help: "The file.", completion: .file(extensions: ["yaml"])) var file: String
    @Flag(help: "Print a JSON object instead.") var json = false

    private struct Summary: Encodable {
        let hours: [Hours]
        let freezes: Int
        let peaks: Int
    }

    private struct Hours: Encodable {
        /// Nil for the company.
        let team: String?
        let timeZone: String
        let weekHours: Double

        enum CodingKeys: String, CodingKey {
            case team
            case timeZone = "time_zone"
            case weekHours = "week_hours"
        }

        init(_ team: String?, in calendar: BusinessCalendar) {
            let hours = calendar.hours(of: team)
            self.team = team
            timeZone = hours.timeZone
            weekHours = Double(hours.week.components.seconds) / 3_600
        }
    }

    func run() throws {
        let calendar = try CalendarOptions.read(try SourceFiles.text(file), file)
        let names = [nil] + calendar.teams.map(Optional.some)
        let summary = Summary(
            hours: names.map { Hours($0, in: calendar) },
            freezes: calendar.freezes.count,
            peaks: calendar.peaks.count
        )
        if json { return try Console.printJSON(summary) }
        for hours in summary.hours {
            Console.print("\(hours.team ?? "company"): \(hours.weekHours) hours a week, \(hours.timeZone)")
        }
        Console.print("\(summary.freezes) freezes, \(summary.peaks) expected peaks")
    }
}

/// Where the calendar of a command comes from.
struct CalendarOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @Option(help: "A calendar, instead of the one in force.", completion: .file(extensions: ["yaml"]))
    var file: String?
    @Option(help: "The team; the company unless given.") var team: String?
    @Flag(help: "Print a JSON object instead.") var json = false

    /// The calendar of the file, of the server, or in force in the data folder.
    func calendar() async throws -> BusinessCalendar {
        if let file { return try Self.read(try SourceFiles.text(file), file) }
        let name = CalendarStore.name
        if try connection.isWanted(unless: data) {
            let client = try await connection.open()
            let policy = try await client.call(PolicyGet.self, .init(name: name))
            await client.close()
            return try Self.read(policy.source, name + ".yaml")
        }
        let calendar = try data.openExisting().calendar
        guard try await calendar.current() != nil else {
            throw CommandFailure(message: "no calendar was published in \(data.place); name a file with --file")
        }
        return try await calendar.calendar()
    }

    static func read(_ source: String, _ file: String) throws -> BusinessCalendar {
        do {
            return try BusinessCalendar(yaml: source, file: file)
        } catch {
            throw CommandFailure(message: "\(error)")
        }
    }

    /// The time of an option; now unless given.
    static func moment(_ text: String?, option: String) throws -> Timestamp {
        guard let text else { return Timestamp(microseconds: DataFolder.systemClock()) }
        guard let moment = Timestamp(text) else {
            throw ValidationError("\(option) is “\(text)”, expected a time such as 2026-11-21T08:30:00Z")
        }
        return moment
    }
}

struct CalendarOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Print whether a team works at a time, until when, and what is frozen then.",
        discussion: """
            The calendar is that of a file, of a server (its role must be allowed to read policies), or the one in force in \
            the data folder.

            frontline calendar open --team delivery --at 2026-12-24T13:30:00Z --file rules/calendar.yaml
            """
    )

    @OptionGroup var options: CalendarOptions
    @Option(help: "The time, such as 2026-11-21T08:30:00Z; now unless given.") var at: String?

    private struct Answer: Encodable {
        let at: Timestamp
        let open: Bool
        /// When that changes; absent if it does not within ten years.
        let until: Timestamp?
        let freeze: Frozen?
        let peak: Double
    }

    private struct Frozen: Encodable {
        let until: Timestamp
        let what: [String]
        let reason: String
    }

    func run() async throws {
        let at = try CalendarOptions.moment(at, option: "--at")
        let calendar = try await options.calendar()
        let hours = calendar.hours(of: options.team)
        let isOpen = hours.isOpen(at: at)
        let answer = Answer(
            at: at,
            open: isOpen,
            until: isOpen ? hours.nextClosing(after: at) : hours.nextOpening(after: at),
            freeze: calendar.freeze(at: at).map { freeze in
                Frozen(until: freeze.to, what: freeze.what.map(\.rawValue).sorted(), reason: freeze.reason)
            },
            peak: calendar.peak(at: at, team: options.team)
        )
        if options.json { return try Console.printJSON(answer) }
        let until = answer.until.map { " until \($0)" } ?? ""
        Console.print((isOpen ? "open" : "closed") + until)
        if let freeze = answer.freeze {
            Console.print("frozen until \(freeze.until): \(freeze.what.joined(separator: ", ")): \(freeze.reason)")
        }
        if answer.peak != 1 { Console.print("contacts expected: \(answer.peak) times the usual") }
    }
}

struct CalendarDueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "Print when a length of business time has passed.",
        discussion: "frontline calendar due 4h --team billing --after 2026-12-24T10:00:00Z --file rules/calendar.yaml"
    )

    @OptionGroup var options: CalendarOptions
    @Argument(help: "The business time, such as 4h, 90m or 3600s.") var length: String
    @Option(help: "From when on, such as 2026-11-21T08:30:00Z; now unless given.") var after: String?

    private struct Answer: Encodable {
        let after: Timestamp
        let due: Timestamp
    }

    func run() async throws {
        guard !length.hasSuffix("d") else {
            throw ValidationError("“\(length)” is no business time, for days differ in hours; expected such as 4h")
        }
        let length = try Lifetime.microseconds(length)
        let after = try CalendarOptions.moment(after, option: "--after")
        let hours = try await options.calendar().hours(of: options.team)
        guard let due = hours.instant(.microseconds(length), after: after) else {
            throw CommandFailure(message: "that is more than ten years away")
        }
        if options.json { return try Console.printJSON(Answer(after: after, due: due)) }
        Console.print("\(due)")
    }
}
