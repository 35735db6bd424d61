import ArgumentParser
import AuditTrail
import FrontlineProtocol
import FrontlineService
import Resolution
import Storage
import Vocabulary

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check and export the log of changes.",
        subcommands: [VerifyCommand.self, ExportCommand.self]
    )

    struct VerifyCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Recompute the chain of changes and compare it with what is stored.",
            discussion: """
                The exit code is 1 when an entry is changed, missing or out of order, when an article, a version, a policy in \
                force, a request or a token is not as the log says, or when no entry has the head given. Note the head that it \
                prints elsewhere: given back later with --head, it proves that nothing before it was changed.
                """
        )

        @OptionGroup var data: DataOptions
        @Option(help: "A head that was noted earlier; it must be the hash of an entry.") var head: String?

        func validate() throws {
            do { try AuditVerify.validate(.init(head: head)) } catch {
                throw ValidationError("--head is a hash of 64 hexadecimal digits")
            }
        }

        func run() throws {
            let verification = try data.open().store.readNow { try RecordVerification.run(notedHead: head, in: $0) }
            try Console.printJSON(verification)
            if let head, verification.headAt == nil {
                Console.error(
                    "no entry has the head \(head): what came before it was changed, or it is of another store"
                )
            }
            if !verification.ok { throw ExitCode.failure }
        }
    }

    struct ExportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Print entries as JSON objects, one a line, oldest first; the log notes who did.",
            discussion: "Without options every entry is printed."
        )

        @OptionGroup var data: DataOptions
        @Option(help: "Only what this subject or this user of the operating system did.") var subject: String?
        @Option(help: "Only this action, such as policy.publish, or a module, such as policy.") var action: String?
        @Option(help: "Only what was done to this thing: its id, or customer: and the customer's id.")
        var object: String?
        @Option(help: "Only what was done at this moment or later, such as 2026-11-21T08:30:00Z.")
        var since: String?
        @Option(help: "Only what was done before this moment.") var until: String?

        func run() throws {
            let folder = try data.open()
            var filter = AuditFilter(limit: 1_000)
            filter.subject = subject
            filter.action = action
            filter.objects =
                try object.map { name in
                    try folder.store.readNow { try AuditObject.names(of: name, form: folder.authority.form, in: $0) }
                } ?? []
            filter.since = try since.map { try Self.moment($0, "since") }
            filter.until = try until.map { try Self.moment($0, "until") }
            let now = folder.now()
            // Noted first: a reader that leaves early has read all the same.
            let end = try folder.store.writeNow { transaction in
                let end = try AuditLog.count(in: transaction)
                let event = AuditEvent(actor: .commandLine, action: "audit.export", target: "audit")
                try AuditLog.append([event], at: now, in: transaction)
                return end
            }
            while true {
                let page = try folder.store.readNow { try AuditLog.entries(filter, in: $0) }
                for entry in page where entry.sequence <= end { try Console.printJSON(AuditList.Entry(entry)) }
                guard let last = page.last, last.sequence < end else { return }
                filter.after = last.sequence
            }
        }

        private static func moment(_ text: String, _ option: String) throws -> Int64 {
            guard let moment = Timestamp(text) else {
                throw ValidationError("--\(option) is a time such as 2026-11-21T08:30:00Z, not “\(text)”")
            }
            return moment.microseconds
        }
    }
}
