import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import Vocabulary
import WorkItems

struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "List, take and do the work of a server, and follow it.",
        subcommands: [
            WorkListCommand.self, WorkGetCommand.self, WorkCreateCommand.self, WorkClaimCommand.self,
            WorkReleaseCommand.self, WorkTransferCommand.self, WorkCommentCommand.self, WorkCompleteCommand.self,
            WorkCancelCommand.self, WorkTailCommand.self, WorkCheckCommand.self,
        ]
    )
}

struct WorkListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List items of work.",
        discussion: "Prints a line an item; a cursor to go on with goes to standard error."
    )

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Only items in this state: \(WorkState.allCases.map(\.rawValue).joined(separator: ", ")).")
    var state: String?
    @Option(
        name: .customLong("team"),
        parsing: .singleValue,
        help: "Only items of this team; may be given several times."
    )
    var teams: [String] = []
    @Option(
        name: .customLong("kind"),
        parsing: .singleValue,
        help: "Only items of this kind; may be given several times."
    )
    var kinds: [String] = []
    @Option(help: "Only items of this owner; me is the caller.") var owner: String?
    @Option(help: "Only items that this subject created; me is the caller.") var createdBy: String?
    @Flag(help: "Only items of which a clock ran out.") var late = false
    @Option(help: "Only items that are due before this moment, such as 2026-11-21T08:30:00Z.") var dueBefore: String?
    @Option(help: "created: the oldest first; due: what is due next first.") var order: String?
    @Option(help: "How many at most, up to 500.") var limit = 50
    @Option(help: "Where to go on.") var cursor: String?
    @Flag(help: "Print a JSON object an item instead.") var json = false

    func run() async throws {
        let moment = try dueBefore.map { text in
            guard let moment = Timestamp(text) else {
                throw ValidationError("--due-before is a moment such as 2026-11-21T08:30:00Z, found “\(text)”")
            }
            return moment
        }
        let params = WorkList.Params(
            state: try choice(state, "--state"),
            teams: teams.isEmpty ? nil : teams,
            owner: owner,
            createdBy: createdBy,
            kinds: kinds.isEmpty ? nil : kinds,
            breached: late ? true : nil,
            dueBefore: moment,
            order: try choice(order, "--order"),
            limit: limit,
            cursor: cursor
        )
        let client = try await connection.open()
        let page = try await client.call(WorkList.self, params)
        for item in page.items { try WorkPrinter(isJSON: json).show(item) }
        if let next = page.nextCursor { Console.error("cursor \(next)") }
        await client.close()
    }
}

struct WorkGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print an item of work, why it was given to its team, and what happened to it."
    )

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The item.") var item: String
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let client = try await connection.open()
        try WorkPrinter(isJSON: json).show(await client.call(WorkGet.self, .init(workId: item)))
        await client.close()
    }
}

struct WorkCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create an item of work.",
        discussion: """
            frontline work create --kind callback --title "Call about the dishwasher" --due 2026-11-21T15:00:00Z \
            --link conversation_id=c-4711
            """
    )

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "The kind, as rules/work.yaml has it.") var kind: String
    @Option(help: "What is to be done; without it, the title of the kind.") var title: String?
    @Option(help: "The first comment.") var note: String?
    @Option(help: "The team, instead of the one that the rules choose.") var team: String?
    @Option(help: "Whom it is meant for.") var owner: String?
    @Option(help: "low, normal, high or urgent, instead of the one that the rules choose.") var priority: String?
    @Option(help: "Until when it was promised to be done, such as 2026-11-21T15:00:00Z.") var due: String?
    @Option(
        name: .customLong("link"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "What it belongs to, such as conversation_id=c-1; may be given several times.",
            valueName: "name=id"
        )
    )
    var links: [String] = []
    @Option(help: "Tells a repeated call from another one.") var key: String?
    @Flag(help: "Print the item as JSON.") var json = false

    func run() async throws {
        let moment = try due.map { text in
            guard let moment = Timestamp(text) else {
                throw ValidationError("--due is a moment such as 2026-11-21T15:00:00Z, found “\(text)”")
            }
            return moment
        }
        let params = WorkCreate.Params(
            kind: kind,
            title: title,
            links: try parsedLinks(),
            note: note,
            team: team,
            owner: owner,
            priority: try choice(priority, "--priority"),
            due: moment.map { WorkMessage.Due(done: $0) },
            idempotencyKey: key
        )
        let client = try await connection.open()
        try WorkPrinter(isJSON: json).show(await client.call(WorkCreate.self, params))
        await client.close()
    }

    private func parsedLinks() throws -> WorkMessage.Links? {
        guard !links.isEmpty else { return nil }
        var members = JSONObject()
        for link in links {
            let (name, id) = try pair(link, "--link")
            members[name] = .string(id)
        }
        do {
            return try JSONDecoding.decode(WorkMessage.Links.self, from: .object(members), root: "--link")
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

struct WorkTailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print what happens to work; with --follow for as long as it runs.",
        discussion: """
            Without --follow it prints what the log holds and ends: everything after --after, else the last events. A connection
            that breaks is made again, and the stream goes on where it was. At the end the last cursor goes to standard error;
            --after takes it.
            """
    )

    /// How many events are shown where nobody said after which one to begin.
    private static let recent: Int64 = 20

    @OptionGroup var connection: ConnectionOptions
    @Flag(help: "Continue until interrupted.") var follow = false
    @Option(help: "Begin after this cursor; 0 is the beginning of the log.") var after: String?
    @Option(
        name: .customLong("team"),
        parsing: .singleValue,
        help: "Only items of this team; may be given several times."
    )
    var teams: [String] = []
    @Option(
        name: .customLong("kind"),
        parsing: .singleValue,
        help: "Only items of this kind; may be given several times."
    )
    var kinds: [String] = []
    @Flag(help: "Print one JSON object a line.") var json = false

    func validate() throws {
        if let after, Int64(after).map({ $0 < 0 }) ?? true { throw ValidationError("--after is a cursor") }
    }

    func run() async throws {
        let wanted = WorkSubscribe.Params(
            teams: teams.isEmpty ? nil : teams,
            kinds: kinds.isEmpty ? nil : kinds
        )
        let tail = EventTail(connection: connection, feed: .work(wanted, WorkPrinter(isJSON: json)))
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

struct WorkCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a file of kinds of work.",
        discussion: "Prints each mistake as file:line:column: what; the exit code is then 1."
    )

    @Argument(help: "The file, such as rules/work.yaml.", completion: .file(extensions: ["yaml"])) var file: String

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(message: "\(file) cannot be read")
        }
        let (book, findings) = WorkBook.read(String(decoding: bytes, as: UTF8.self), file: file)
        for finding in findings { Console.print(finding.description) }
        guard let book else { throw ExitCode.failure }
        Console.error("\(book.kinds.count) kinds of work: \(book.names.joined(separator: ", "))")
    }
}

/// One of the raw values of an enumeration, given as an option.
func choice<Choice: RawRepresentable & CaseIterable>(_ text: String?, _ option: String) throws -> Choice?
where Choice.RawValue == String {
    guard let text else { return nil }
    guard let value = Choice(rawValue: text) else {
        throw ValidationError("\(option) is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
}

/// The two sides of `name=value`.
func pair(_ text: String, _ option: String) throws -> (String, String) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw ValidationError("\(option) is name=value, found “\(text)”")
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
}
