import ArgumentParser
import Foundation
import FrontlineService

/// The data folder of commands that work on it themselves.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder.", completion: .directory)
    var given: String?

    /// The data folder.
    var folder: String { given ?? ".frontline" }

    /// Opens the folder; a command that only reads makes none.
    func openExisting() throws -> DataFolder {
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure(message: "there is no data folder \(folder)")
        }
        return try open()
    }

    /// Opens the folder, creating it when absent.
    func open() throws -> DataFolder { try DataFolder(URL(fileURLWithPath: folder)) }
}
