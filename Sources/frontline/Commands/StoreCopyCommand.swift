import ArgumentParser
import Foundation
import FrontlineProtocol
import FrontlineService
import Storage
import Vocabulary

struct StoreCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy a store into another folder or database, and compare both.",
        discussion: """
            The copy is the store as of one moment; servers may go on with it, but what they write later is not in the copy. Stop \
            them first to move a store. It is read back and compared with the source, table by table. Only when every table has the same \
            rows is it there for others; broken off before that, by whatever means, it leaves nothing but empty tables, and \
            can be begun anew. The place that is copied to holds no store, or a database with one that was never used, and no \
            server may be running on it.

            The copy has a history of its own, so whoever follows events of the source is told to begin anew. Articles keep \
            their vectors; the search index is built at the first start. Models are in the data folder and are not copied.
            """
    )

    @Option(help: "The store to copy: sqlite:DIR or postgres://USER@HOST/DATABASE.") var from: String
    @Option(help: "Where to copy it, in the same form.") var to: String
    @Flag(help: "Print a JSON object.") var json = false

    /// What was copied, as JSON has it.
    private struct Report: Encodable {
        struct Table: Encodable {
            let table: String
            let rows: Int64
            let copied: Int64
            let hash: String
            let copyHash: String
            let equal: Bool

            enum CodingKeys: String, CodingKey {
                case table, rows, copied, hash, equal
                case copyHash = "copy_hash"
            }
        }

        let from: String
        let to: String
        let ok: Bool
        let at: Timestamp
        let auditEntries: Int64
        let auditHead: String
        let sourceChanged: Bool
        let epoch: String?
        let rows: Int64
        let seconds: Double
        let tables: [Table]

        enum CodingKeys: String, CodingKey {
            case from, to, ok, at, epoch, rows, seconds, tables
            case auditEntries = "audit_entries"
            case auditHead = "audit_head"
            case sourceChanged = "source_changed"
        }
    }

    func run() async throws {
        let (source, target) = (try DataOptions.address(from), try DataOptions.address(to))
        let watch = CountProgress()
        let copied: StoreCopier.Report
        do {
            copied = try StoreCopier.run(
                from: source,
                to: target,
                by: .commandLine,
                progress: { progress in
                    switch progress {
                    case .copied(let done, let total): watch.show(Int(done), Int(total), of: "rows copied")
                    case .compared(let done, let total): watch.show(Int(done), Int(total), of: "rows compared")
                    }
                }
            )
        } catch let error as StorageError {
            watch.finish()
            throw CommandFailure(message: error.message)
        }
        watch.finish()
        if json {
            try Console.printJSON(report(copied, source, target, seconds: watch.seconds))
        } else {
            printTables(copied, "\(source) → \(target)")
        }
        guard copied.isEqual else {
            throw CommandFailure(message: "the copy differs from the source and was given up")
        }
        if copied.isSourceChanged {
            Console.error(
                "\(source) was written to meanwhile. What came after \(Timestamp(microseconds: copied.at)) is not in the "
                    + "copy: to move the store, stop its servers and copy it again."
            )
        }
    }

    private func report(
        _ copied: StoreCopier.Report,
        _ source: StoreAddress,
        _ target: StoreAddress,
        seconds: Double
    ) -> Report {
        Report(
            from: source.description,
            to: target.description,
            ok: copied.isEqual,
            at: Timestamp(microseconds: copied.at),
            auditEntries: copied.auditEntries,
            auditHead: copied.auditHead,
            sourceChanged: copied.isSourceChanged,
            epoch: copied.epoch,
            rows: copied.rows,
            seconds: (seconds * 1_000).rounded() / 1_000,
            tables: copied.tables.map {
                Report.Table(
                    table: $0.name,
                    rows: $0.source.rows,
                    copied: $0.copy.rows,
                    hash: $0.source.text,
                    copyHash: $0.copy.text,
                    equal: $0.isEqual
                )
            }
        )
    }

    private func printTables(_ copied: StoreCopier.Report, _ title: String) {
        Console.print(Console.bold(title))
        for table in copied.tables where table.source.rows > 0 || !table.isEqual {
            let verdict = table.isEqual ? "equal" : "different: \(table.copy.rows) rows in the copy"
            Console.print("\(table.name): \(table.source.rows) rows, \(verdict)")
        }
        let empty = copied.tables.count { $0.source.rows == 0 && $0.isEqual }
        let time = Timestamp(microseconds: copied.at)
        let state = "as of \(time), with \(copied.auditEntries) entries in the audit log"
        Console.print("\(copied.rows) rows in \(copied.tables.count) tables (\(empty) of them empty), \(state)")
    }
}
