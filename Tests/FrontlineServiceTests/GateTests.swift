import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing

/// Who is let through to a method.
@Suite struct GateTests {
    @Test("a method that does not declare who may call it is refused, whoever calls", arguments: Access.Role.allCases)
    func undeclared(role: Access.Role) async throws {
        let desk = try Desk()
        let server = try InProcessServer(desk.folder) { dispatcher in
            dispatcher.register(name: "debug.dump") { _, _ in "everything" }
        }
        let connection = server.connect()
        let isRefused: (any Error) -> Bool = { ($0 as? RPCError)?.code == 1002 }
        await #expect(performing: { _ = try await connection.call("debug.dump") }, throws: isRefused)
        let token = try await desk.token("anna", [role])
        _ = try await connection.call(SessionAuthenticate.self, .init(token: token))
        await #expect(performing: { _ = try await connection.call("debug.dump") }, throws: isRefused)
        _ = try await connection.call("rpc.discover")
    }

    @Test func `every role of the wire is the role of the same name within, and the other way round`() {
        #expect(
            FrontlineProtocol.Role.allCases.map { Access.Role($0).rawValue }
                == FrontlineProtocol.Role.allCases.map(\.rawValue)
        )
        #expect(
            Access.Role.allCases.map { FrontlineProtocol.Role($0).rawValue } == Access.Role.allCases.map(\.rawValue)
        )
    }

    @Test("a method lets its roles and the admin through, and nobody else", arguments: FrontlineProtocol.Role.allCases)
    func roles(role: FrontlineProtocol.Role) async throws {
        let desk = try Desk()
        let connection = try await desk.connection("anna", [Access.Role(role)])
        for method in desk.server.methods.compactMap({ $0 as? any FrontlineMethod.Type }) {
            guard case .roles(let roles) = method.access else { continue }
            var isForbidden = false
            // Parameters that no method accepts: who is let through is told that, and nothing happens.
            do { _ = try await connection.call(method.name, ["no such parameter": 1]) } catch let error as RPCError {
                isForbidden = error.code == 1002 && error.message.contains("needs one of the roles")
            }
            #expect(isForbidden != (roles.contains(role) || role == .admin), "\(method.name)")
        }
    }
}
