import ArgumentParser
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import Storage

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a complete, checked copy of the store to a file, while the server goes on.",
        discussion: """
            Beside the copy stands the list of erasures, erasures-….jsonl: a backup that is restored is erased again by it. \
            Keep it with the backups. Both are for their owner only.
            """
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write; it must not exist.", completion: .file()) var file: String

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(message: "\(file) exists already; a backup never overwrites")
        }
        do {
            try await Backup.write(data.openExisting(), to: file, by: .commandLine)
        } catch let error as StorageError {
            throw CommandFailure(message: error.message)
        }
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
