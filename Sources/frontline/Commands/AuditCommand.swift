import ArgumentParser
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import Storage

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check and export the log of changes.",
        subcommands: [VerifyCommand.self, ExportCommand.self]
    )

    struct VerifyCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Recompute the chain of changes; exit 1 when an entry is changed, missing or out of order.",
            discussion: "Note the head that it prints elsewhere: it proves later that nothing before it was changed."
        )

        @OptionGroup var data: DataOptions

        func run() throws {
            let verification = try data.open().store.readNow { try AuditLog.verify(in: $0) }
            try Console.printJSON(
                AuditVerify.Result(
                    ok: verification.ok,
                    entries: Int(verification.entries),
                    head: verification.head,
                    firstBad: verification.firstBad.map(Int.init)
                )
            )
            if !verification.ok { throw ExitCode.failure }
        }
    }

    struct ExportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Print every entry as a JSON object a line, oldest first."
        )

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try data.open().store
            var after: Int64 = 0
            while true {
                let page = try store.readNow {
                    try AuditLog.entries(after: after, since: nil, limit: 1_000, in: $0)
                }
                for entry in page { try Console.printJSON(AuditList.Entry(entry)) }
                guard let last = page.last else { return }
                after = last.sequence
            }
        }
    }
}
