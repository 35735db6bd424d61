import ArgumentParser
import Foundation
import FrontlineService

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a complete copy of the store to a file, while the server goes on."
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "The file to write; it must not exist.", completion: .file()) var file: String

    func run() throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(message: "\(file) exists already; a backup never overwrites")
        }
        try Backup.write(data.openExisting(), to: file)
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data folder from a backup; no server may be using the folder."
    )

    @Option(
        name: .customLong("data"),
        help: "The data folder to make; its store must not exist.",
        completion: .directory
    )
    var folder: String
    @Argument(help: "The file that `backup` wrote.", completion: .file()) var file: String

    func run() throws {
        try Backup.restore(file, to: URL(fileURLWithPath: folder))
    }
}
