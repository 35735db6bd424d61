import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import Vocabulary

/// The items that a command is about, and how their new state is printed.
struct WorkSelectionOptions: ParsableArguments {
    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The items, up to 200; each succeeds or fails by itself.") var items: [String]
    @Option(help: "The revision that was seen; another one is refused. Only for one item.") var revision: Int?
    @Flag(help: "Print a JSON object an item instead.") var json = false

    func validate() throws {
        guard items.count == 1 || revision == nil else { throw ValidationError("--revision is for one item") }
    }

    /// The only item.
    var one: String? { items.count == 1 ? items[0] : nil }
    /// The items, if there are several.
    var several: [String]? { items.count == 1 ? nil : items }

    /// Calls a method and prints what became of the items; the command fails if one of them has.
    func call<Method: FrontlineMethod>(_ method: Method.Type, _ params: Method.Params) async throws
    where Method.Result == WorkAnswers {
        let client = try await connection.open()
        let failures = try WorkPrinter(isJSON: json).show(await client.call(method, params))
        await client.close()
        guard failures == 0 else { throw ExitCode.failure }
    }
}

struct WorkClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "claim", abstract: "Take open items of work.")

    @OptionGroup var selection: WorkSelectionOptions

    func run() async throws {
        try await selection.call(
            WorkClaim.self,
            .init(workId: selection.one, workIds: selection.several, expectedRevision: selection.revision)
        )
    }
}

struct WorkReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give items of work back to their team."
    )

    @OptionGroup var selection: WorkSelectionOptions
    @Option(help: "Why.") var note: String?

    func run() async throws {
        try await selection.call(
            WorkRelease.self,
            .init(
                workId: selection.one,
                workIds: selection.several,
                note: note,
                expectedRevision: selection.revision
            )
        )
    }
}

struct WorkTransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Pass items of work to a team, or to a person of it."
    )

    @OptionGroup var selection: WorkSelectionOptions
    @Option(help: "The team; without it, the items stay with their own.") var team: String?
    @Option(help: "Whom they are meant for: somebody of the team.") var owner: String?
    @Option(help: "Why.") var note: String?

    func run() async throws {
        try await selection.call(
            WorkTransfer.self,
            .init(
                workId: selection.one,
                workIds: selection.several,
                team: team,
                owner: owner,
                note: note,
                expectedRevision: selection.revision
            )
        )
    }
}

struct WorkCompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Say that items of work are done, and what came of them."
    )

    @OptionGroup var selection: WorkSelectionOptions
    @Option(
        name: .customLong("outcome"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "A field of the outcome, such as result=reached; may be given several times.",
            valueName: "name=value"
        )
    )
    var outcome: [String] = []
    @Option(help: "Further words.") var note: String?

    func run() async throws {
        var fields: [String: String] = [:]
        for field in outcome {
            let (name, value) = try pair(field, "--outcome")
            fields[name] = value
        }
        try await selection.call(
            WorkComplete.self,
            .init(
                workId: selection.one,
                workIds: selection.several,
                outcome: fields.isEmpty ? nil : fields,
                note: note,
                expectedRevision: selection.revision
            )
        )
    }
}

struct WorkCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Say that items of work need not be done any more."
    )

    @OptionGroup var selection: WorkSelectionOptions
    @Option(help: "Why.") var reason: String

    func run() async throws {
        try await selection.call(
            WorkCancel.self,
            .init(
                workId: selection.one,
                workIds: selection.several,
                reason: reason,
                expectedRevision: selection.revision
            )
        )
    }
}

struct WorkCommentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Write something about an item of work, or wait for somebody else.",
        discussion: """
            frontline work comment wk-17 "The carrier looks for the parcel" --wait
            frontline work comment wk-17 --resume
            """
    )

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The item.") var item: String
    @Argument(help: "What there is to say.") var text: String?
    @Flag(help: "The owner waits for somebody else.") var wait = false
    @Flag(help: "The wait has ended.") var resume = false
    @Option(help: "When the wait ends by itself, such as 2026-11-21T15:00:00Z.") var until: String?
    @Option(help: "The revision that was seen; another one is refused.") var revision: Int?
    @Flag(help: "Print the item as JSON.") var json = false

    func validate() throws {
        guard !(wait && resume) else { throw ValidationError("--wait and --resume exclude each other") }
    }

    func run() async throws {
        let moment = try until.map { text in
            guard let moment = Timestamp(text) else {
                throw ValidationError("--until is a moment such as 2026-11-21T15:00:00Z, found “\(text)”")
            }
            return moment
        }
        let client = try await connection.open()
        let item = try await client.call(
            WorkComment.self,
            .init(
                workId: item,
                text: text,
                waiting: wait ? true : resume ? false : nil,
                until: moment,
                expectedRevision: revision
            )
        )
        try WorkPrinter(isJSON: json).show(item)
        await client.close()
    }
}
