import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import TestStores
import Testing

/// Where a store is, and what a server says about it.
@Suite struct StoreAddressTests {
    @Test func `an address names a folder or a database`() throws {
        #expect(try StoreAddress("sqlite:/var/lib/frontline") == .folder("/var/lib/frontline"))
        #expect(try StoreAddress("sqlite:/var/lib/frontline").engine == .sqlite)
        for text in [
            "postgres://db/frontline", "postgresql://db/frontline", "host=db dbname=frontline", "service=frontline",
        ] {
            #expect(try StoreAddress(text).engine == .postgresql)
        }
    }

    @Test(arguments: [
        "", "sqlite:", "/var/lib/frontline", "mysql://anna:geheim@db/frontline", "postgres://anna:geheim@x@db/y",
    ])
    func `anything else is refused without being quoted`(_ text: String) {
        #expect { _ = try StoreAddress(text) } throws: { error in
            guard let error = error as? StorageError else { return false }
            return error.code == .cannotOpen && error.message.contains("store") && !error.message.contains("geheim")
        }
    }

    @Test func `the option is read, and a folder of its own is the data folder too`() async throws {
        func read(_ arguments: [ServerOption: [String]]) async throws -> FrontlineConfiguration {
            try await FrontlineConfiguration(arguments: arguments, environment: [:], file: nil)
        }
        #expect(try await read([:]).store == .folder(nil))
        let own = try await read([.store: ["sqlite:/srv/store"]])
        #expect(own.store == .folder("/srv/store") && own.dataFolder == "/srv/store")
        let both = try await read([.store: ["sqlite:/srv/store"], .dataFolder: ["/srv/data"]])
        #expect(both.dataFolder == "/srv/data")
        await #expect(throws: ConfigurationError.self) { try await read([.store: ["nowhere"]]) }
    }

    @Test func `a server says which store it has, and of which history`() async throws {
        let desk = try Desk()
        let info = try await desk.server.connect().call(ServerInfo.self, NoParams())
        #expect(info.store == (TestDatabases.engine == .sqlite ? .sqlite : .postgresql))
        #expect(!info.node.isEmpty)
        #expect(info.epoch == desk.folder.epoch && info.epoch.count >= 8)
        // The same store, opened again.
        #expect(try DataFolder(testing: desk.folder.url).epoch == info.epoch)
    }
}
