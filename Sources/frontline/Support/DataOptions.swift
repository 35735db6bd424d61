import ArgumentParser
import Foundation
import FrontlineService
import PostgresStorage
import Storage

/// The data folder of commands that work on it themselves, and where its store is.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder.", completion: .directory)
    var givenFolder: String?

    @Option(
        help:
            "Where the store is: sqlite:DIR or postgres://USER@HOST/DATABASE; else FRONTLINE_STORE, else the data folder."
    )
    var store: String?

    /// What the command line says about the place; nil where it says nothing.
    var given: String? { givenFolder ?? store }

    /// Where the store is.
    ///
    /// The folder that `--data` names holds the rest then.
    func address() throws -> StoreAddress {
        let environment = ProcessInfo.processInfo.environment[ServerOption.store.variable].flatMap {
            $0.isEmpty ? nil : $0
        }
        guard let text = store ?? environment else { return .folder(nil) }
        return try Self.address(text)
    }

    /// Reads an address; what cannot be read is not quoted, as it may hold a password.
    static func address(_ text: String) throws -> StoreAddress {
        do { return try StoreAddress(text) } catch let error as StorageError { throw ValidationError(error.message) }
    }

    /// The data folder: the given one, else that of the store, else `.frontline`.
    var folder: String {
        if let givenFolder { return givenFolder }
        // An address that cannot be read is refused where the store is opened.
        if case .folder(let path?) = try? address() { return path }
        return ".frontline"
    }

    /// Where the data is, for messages.
    var place: String {
        guard case .database(let address, _) = try? address() else { return folder }
        return address.description
    }

    /// Opens the folder and the store; a command that only reads makes none.
    func openExisting() throws -> DataFolder {
        let address = try self.address()
        switch address {
        case .folder(let path):
            let place = path ?? folder
            guard FileManager.default.fileExists(atPath: place) else {
                throw CommandFailure(message: "there is no data folder \(place)")
            }
        case .database(let database, _):
            guard try PostgresProbe.hasStore(PostgresSettings(address: database.text)) else {
                throw CommandFailure(message: "there is no store in \(database)")
            }
        }
        return try DataFolder(URL(fileURLWithPath: folder), store: address)
    }

    /// Opens the folder and the store, creating them when absent.
    func open() throws -> DataFolder { try DataFolder(URL(fileURLWithPath: folder), store: address()) }
}
