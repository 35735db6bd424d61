import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// The gate's checks of who may call a method.
@Suite struct GateTests {
    @Test("a method that does not declare who may call it is refused, whoever calls", arguments: Role.allCases)
    func undeclared(role: Role) async throws {
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

    @Test("a method admits only its roles and the admin", arguments: Role.allCases)
    func roles(role: Role) async throws {
        let desk = try Desk()
        let connection = try await desk.connection("anna", [role])
        for method in desk.server.methods.compactMap({ $0 as? any FrontlineMethod.Type }) {
            guard case .roles(let roles) = method.access else { continue }
            var isForbidden = false
            // Parameters that no method accepts, so that an admitted caller gets an error and nothing changes.
            do { _ = try await connection.call(method.name, ["no such parameter": 1]) } catch let error as RPCError {
                isForbidden = error.code == 1002 && error.message.contains("needs one of the roles")
            }
            #expect(isForbidden != (roles.contains(role) || role == .admin), "\(method.name)")
        }
    }
}
