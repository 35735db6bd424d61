import FrontlineClient
import JSONRPC
import RPCServer
import Testing
import Vocabulary

@Suite struct DrainTests {
    @Test func requestsInFlightAreAnsweredBeforeTheEnd() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "wait") + request(2, "wait"))
            var entered = server.entered.makeAsyncIterator()
            _ = await entered.next()
            _ = await entered.next()
            let idle = try await RawClient.connect(server.address)
            try await idle.send(request(1, "whoami"))
            _ = try await idle.next()
            await server.shutDown()
            #expect(try await idle.rest().isEmpty)
            await #expect(throws: (any Error).self) { try await RawClient.connect(server.address) }
            server.latch.open()
            #expect(Set(try await client.rest().compactMap { $0["id"]?.int }) == [1, 2])
        }
    }

    @Test func whatIsNotDoneInTimeIsCutOff() async throws {
        try await TestServer.run(configure: { $0.limits.drainTime = .milliseconds(100) }) { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "wait"))
            for await _ in server.entered {
                break
            }
            await server.shutDown()
            #expect(try await client.rest().isEmpty)
        }
    }
}
