import Foundation
import Testing

/// Holds the table of ARCHITECTURE.md that says which module may import which.
@Suite struct ImportTableTests {
    private let table: [String: Set<String>]
    private let modules: [String]

    init() throws {
        modules = try Repository.modules()
        var table: [String: Set<String>] = [:]
        for line in try Repository.text("ARCHITECTURE.md").split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 2 else { continue }
            let names = cells[1].split(separator: ",").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            table[cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))] = Set(names.filter { $0 != "–" })
        }
        self.table = table
    }

    @Test func `every module has its row, and every row its module`() {
        #expect(Set(table.keys) == Set(modules))
    }

    @Test func `every module imports just what its row says`() throws {
        for module in modules {
            let imported = try Repository.imports(of: "Sources/\(module)")
            #expect(imported.intersection(modules) == table[module, default: []], "\(module)")
        }
    }

    @Test func `every target declares just what its sources import`() throws {
        let targets = try PackageManifest().targets
        let names = Set(targets.map(\.name)).union(modules)
        let products = Set(targets.flatMap(\.products))
        #expect(targets.count > 40 && products.count > 10)
        for target in targets {
            let imported = try Repository.imports(of: target.folder)
            #expect(Set(target.dependencies) == imported.intersection(names), "\(target.name)")
            #expect(Set(target.products) == imported.intersection(products), "\(target.name)")
        }
    }

    @Test func `imports point down only`() {
        var open = table
        while let floor = open.first(where: { $0.value.isDisjoint(with: open.keys) })?.key { open[floor] = nil }
        #expect(open.isEmpty, "these modules import each other: \(open.keys.sorted())")
    }

    @Test func `the capabilities never import each other`() {
        let capabilities: Set = ["Knowledge", "Scripting", "Alerts", "Resolution"]
        for capability in capabilities {
            #expect(table[capability, default: []].isDisjoint(with: capabilities), "\(capability)")
        }
    }

    @Test func `only the drivers know a database, and only the transports know the network library`() throws {
        for module in modules {
            for file in Repository.swiftFiles("Sources/\(module)") {
                let text = try String(contentsOf: file, encoding: .utf8)
                if module != "SQLiteStorage" { #expect(!text.contains("import GRDB"), "\(file.lastPathComponent)") }
                if module != "PostgresStorage" { #expect(!text.contains("import CLibPQ"), "\(file.lastPathComponent)") }
                // The fuzzer feeds requests to the decoder of the network library, as the transports do.
                if !["RPCServer", "FrontlineClient", "TLS", "Fuzzing"].contains(module) {
                    #expect(!text.contains("import NIO"), "\(file.lastPathComponent)")
                }
            }
        }
    }

    @Test func `the package names no platform that it is not built on`() throws {
        #expect(try !Repository.text("Package.swift").contains("platforms:"))
    }
}
