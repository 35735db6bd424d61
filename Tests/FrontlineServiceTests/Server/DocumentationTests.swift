import Foundation
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Checks that the README, the OpenRPC document and the code agree.
@Suite struct DocumentationTests {
    private let readme: String

    init() throws {
        readme = try String(contentsOf: Desk.repository.appendingPathComponent("README.md"), encoding: .utf8)
    }

    @Test func `the README has a row for every method, with the roles that its definition names`() async throws {
        let server = try Desk().server
        let methods = try await server.connect().call("rpc.discover")["methods"]?.array ?? []
        for method in methods where method["name"]?.string != "rpc.discover" {
            let name = method["name"]?.string ?? ""
            let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(name)` | ") }
            let cells = row?.split(separator: "|").map { $0.trimmingPrefix(" ") } ?? []
            let roles = method["x-public"] == true ? nil : method["x-roles"]?.array?.compactMap(\.string)
            #expect(cells.count > 1 && Self.roles(String(cells[1])) == roles.map(Set.init), "\(name)")
        }
    }

    /// The roles in a cell of the table, including admins; nil for everybody.
    private static func roles(_ cell: String) -> Set<String>? {
        let all: Set = ["admin", "agent", "auditor", "integration", "knowledge_manager", "operations", "supervisor"]
        return switch cell.split(separator: " ").joined(separator: " ") {
        case "anyone": nil
        case "all roles": all
        case "all but auditor": all.subtracting(["auditor"])
        case let names: Set(names.split(separator: ", ").map(String.init) + ["admin"])
        }
    }

    @Test func `the README has a row for every option with its three names and its default`() {
        for option in ServerOption.all {
            let fallback = option.fallback.isEmpty ? "" : "`\(option.fallback)`"
            let row = "| `--\(option.argument)` | `\(option.key)` | `\(option.variable)` | \(fallback) |"
            #expect(readme.contains(row), "\(row)")
        }
    }

    @Test func `discovery describes every method with its roles, and nothing is incomplete`() async throws {
        let server = try Desk().server
        let connection = server.connect()
        let document = try await connection.call("rpc.discover")
        let methods: [JSON] = document["methods"]?.array ?? []
        var roleless: [String] = []
        var names: Set<String> = []
        for method in methods {
            let name: String = method["name"]?.string ?? ""
            names.insert(name)
            if method["x-roles"] == nil, name != "rpc.discover" { roleless.append(name) }
        }
        let registered = Set(server.methods.map { $0.name })
        #expect(registered.isSubset(of: names))
        #expect(roleless.isEmpty)
        let text = String(decoding: document.serialized(), as: UTF8.self)
        #expect(!text.contains("x-incomplete"))
    }
}
