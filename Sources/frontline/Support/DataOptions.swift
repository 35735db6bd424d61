import ArgumentParser
import Foundation
import FrontlineService

/// The data folder of commands that work on it themselves.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder.", completion: .directory)
    var given: String?

    /// The data folder.
    var folder: String { given ?? ".frontline" }

    /// Opens the folder, creating it when absent.
    func open() throws -> DataFolder { try DataFolder(URL(fileURLWithPath: folder)) }
}
