import ArgumentParser
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import SQLiteStorage
import Storage
import Vocabulary

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a complete, checked copy of the store to a file, while the server goes on.",
        discussion: """
            The list of erasures is written beside the copy (erasures-….jsonl). Restoring applies it, so that erased data \
            stays erased. Keep it with the backups. Both files are readable by their owner only. A store on PostgreSQL is \
            copied by its own tools, such as pg_dump or pg_basebackup.
            """
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write; it must not exist.", completion: .file()) var file: String
    @Flag(help: "Print what was written as JSON.") var json = false

    /// What was written, as JSON has it.
    private struct Report: Encodable {
        let file: String
        let bytes: Int
        let auditEntries: Int64
        let erasures: String?

        enum CodingKeys: String, CodingKey {
            case file, bytes, erasures
            case auditEntries = "audit_entries"
        }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(message: "\(file) exists already; a backup never overwrites")
        }
        let report: Report
        do {
            let folder = try data.openExisting()
            let list = try await Backup.write(folder, to: file, by: .commandLine)
            report = Report(
                file: file,
                bytes: try FileSize.bytes(of: file),
                auditEntries: try folder.store.readNow { try AuditLog.count(in: $0) },
                erasures: list
            )
        } catch let error as StorageError {
            throw CommandFailure(message: error.message)
        }
        guard !json else { return try Console.printJSON(report) }
        let size = FileSize.text(report.bytes)
        Console.print("\(file) holds the store: \(size), \(report.auditEntries) entries in the audit log, checked")
        if let list = report.erasures { Console.print("\(list) lists the customers who were erased; keep both") }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data folder from a backup; no server may be using the folder.",
        discussion: """
            The backup is checked first. Customers who were erased after it was made are erased again, by the list of \
            erasures beside the backup or the one given; standard error says what cannot be known.
            """
    )

    @Option(
        name: .customLong("data"),
        help: "The data folder to make; its store must not exist.",
        completion: .directory
    )
    var folder: String
    @Option(help: "The list of erasures that the server or `backup` wrote.", completion: .file())
    var erasures: String?
    @Argument(help: "The file that `backup` wrote.", completion: .file()) var file: String
    @Flag(help: "Print what was restored as JSON.") var json = false

    /// What was restored, as JSON has it.
    private struct Report: Encodable {
        let data: String
        let bytes: Int
        let madeAt: Timestamp?
        let list: String?
        let erasedAgain: Int

        enum CodingKeys: String, CodingKey {
            case data, bytes, list
            case madeAt = "made_at"
            case erasedAgain = "erased_again"
        }
    }

    func run() async throws {
        let restored: Backup.Restored
        do {
            restored = try await Backup.restore(
                file,
                to: URL(fileURLWithPath: folder),
                erasures: erasures,
                by: .commandLine
            )
        } catch let error as StorageError {
            throw CommandFailure(message: error.message)
        }
        let store = URL(fileURLWithPath: folder).appendingPathComponent(StoreFile.name).path
        let report = Report(
            data: folder,
            bytes: try FileSize.bytes(of: store),
            madeAt: restored.madeAt.map(Timestamp.init(microseconds:)),
            list: restored.list,
            erasedAgain: restored.erasures.applied
        )
        if json {
            try Console.printJSON(report)
        } else {
            let made = report.madeAt.map { ", as it was at \($0)" } ?? ""
            Console.print("\(folder) holds the store of \(file): \(FileSize.text(report.bytes))\(made), checked")
        }
        for line in Self.notes(on: restored) { Console.error(line) }
    }

    /// What was erased again, and what cannot be known.
    private static func notes(on restored: Backup.Restored) -> [String] {
        let made = restored.madeAt.map { "made at \(Timestamp(microseconds: $0))" } ?? "of an unknown time"
        guard let list = restored.list else {
            return [
                "no list of erasures was given, and there is none beside the backup \(made): whoever was erased after it is "
                    + "in the store again. Name the list with --erasures, or erase them again."
            ]
        }
        let report = restored.erasures
        var lines = [
            "\(list): \(report.applied) customers were erased again, \(report.absent) were not in the backup, "
                + "\(report.known) erasures were known to it."
        ]
        if let last = report.lastAt {
            lines.append("The list ends with an erasure of \(Timestamp(microseconds: last)); later ones are not known.")
        }
        if !report.gaps.isEmpty {
            let numbers = report.gaps.map(String.init).joined(separator: ", ")
            lines.append("Lines are missing in the list, and with them erasures that cannot be known: \(numbers).")
        }
        return lines
    }
}
