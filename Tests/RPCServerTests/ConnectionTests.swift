import FrontlineClient
import JSONRPC
import RPCServer
import Testing
import Vocabulary

@Suite struct ConnectionTests {
    @Test func everythingReceivedIsAnsweredAfterTheEndOfInput() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            let methods = ["echo", "later", "whoami"]
            try await client.send((0..<6_000).map { request($0, methods[$0 % 3], ["text": "x"]) }.joined())
            try await client.send(#"{"jsonrpc":"2.0","id":"half","method":"whoami"}"#)
            try await client.endInput()
            let answers = try await client.rest()
            #expect(answers.count == 6_001)
            #expect(Set(answers.compactMap { $0["id"]?.int }) == Set(0..<6_000))
            #expect(answers.contains { $0["id"] == "half" })
        }
    }

    @Test(arguments: [2 << 20, 10 << 20]) func aLongLineIsRefusedAndTheConnectionClosed(count: Int) async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "later") + request(2, "echo", ["text": "x"]))
            try? await client.send([UInt8](repeating: UInt8(ascii: "["), count: count))
            let answers = try await client.rest()
            #expect(Set(answers.dropLast().compactMap { $0["id"]?.int }) == [1, 2])
            #expect(answers.last?["error"]?["code"] == -32600)
            #expect(answers.last?["id"] == .null)
        }
    }

    @Test(.timeLimit(.minutes(1))) func longUnfinishedLinesOfAllConnectionsAreBounded() async throws {
        try await TestServer.run(configure: { $0.limits.heldBytes = 500_000 }) { server in
            let half = [UInt8](repeating: UInt8(ascii: " "), count: 300_000)
            let clients = [try await RawClient.connect(server.address), try await RawClient.connect(server.address)]
            try await withThrowingTaskGroup(of: [JSON].self) { group in
                for client in clients {
                    try? await client.send(half)
                    group.addTask { try await client.rest() }
                }
                // Together they hold too much, so one of them is closed although neither has ended its line.
                #expect(try await group.next()?.isEmpty == true)
                for client in clients {
                    try await client.close()
                }
            }
        }
    }

    @Test func oneSlowRequestDoesNotHoldUpTheOthers() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "wait") + request(2, "echo", ["text": "x"]) + request(3, "later"))
            #expect(Set([try await client.next()?["id"], try await client.next()?["id"]]) == [2, 3])
            server.latch.open()
            #expect(try await client.next()?["id"] == 1)
        }
    }

    @Test func aBarrierWaitsForWhatWasSentBeforeItAndHoldsBackWhatFollows() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            let text = (0..<50).map {
                request($0 * 2, "authenticate", ["token": .string("t\($0)")]) + request($0 * 2 + 1, "whoami")
            }
            try await client.send(text.joined())
            try await client.endInput()
            var subjects: [Int: JSON] = [:]
            for answer in try await client.rest() {
                subjects[answer["id"]?.int ?? -1] = answer["result"]
            }
            for number in 0..<50 {
                #expect(subjects[number * 2 + 1] == .string("t\(number)"))
            }
        }
    }

    @Test func requestsInFlightAreLimited() async throws {
        try await TestServer.run(configure: { $0.limits.requestsInFlight = 3 }) { server in
            let client = try await RawClient.connect(server.address)
            try await client.send((0..<10).map { request($0, "wait") }.joined() + request(99, "echo", ["text": "x"]))
            var entered = server.entered.makeAsyncIterator()
            for _ in 0..<3 {
                _ = await entered.next()
            }
            server.latch.open()
            try await client.endInput()
            #expect(try await client.rest().count == 11)
        }
    }

    @Test func aClientThatSendsHalfALineIsDroppedInTime() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .milliseconds(100) }) { server in
            let client = try await RawClient.connect(server.address)
            try? await client.send(#"{"jsonrpc":"2.0","#)
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test func withoutAnIdleTimeConnectionsAreServed() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .seconds(.max / 4) }) { server in
            let client = try await Self.connect(server, sending: request(1, "whoami"))
            try await client.endInput()
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test func aSubscriberIsNotIdle() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .milliseconds(100) }) { server in
            let subscriber = try await Self.connect(server, sending: request(1, "subscribe"))
            for _ in 0..<3 {
                let other = try await RawClient.connect(server.address)
                #expect(try await other.rest().isEmpty)
            }
            try await subscriber.send(request(2, "whoami"))
            #expect(try await subscriber.next()?["id"] == 2)
        }
    }

    @Test func aRequestUnderWayIsNotIdle() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .milliseconds(100) }) { server in
            let client = try await Self.connect(server, sending: request(2, "wait") + request(1, "whoami"))
            for _ in 0..<3 {
                let other = try await RawClient.connect(server.address)
                #expect(try await other.rest().isEmpty)
            }
            server.latch.open()
            #expect(try await client.next()?["id"] == 2)
        }
    }

    /// Connects and waits for the answer to request 1; again, when a busy machine let the connection become idle before.
    private static func connect(_ server: TestServer, sending text: String) async throws -> RawClient {
        while true {
            let client = try await RawClient.connect(server.address)
            try? await client.send(text)
            if try await client.next()?["id"] == 1 {
                return client
            }
        }
    }

    @Test func oneConnectionTooManyIsToldSo() async throws {
        try await TestServer.run(configure: {
            $0.limits.connections = 1
            $0.limits.strangerGrace = .seconds(600)
        }) { server in
            let first = try await RawClient.connect(server.address)
            try await first.send(request(1, "whoami"))
            #expect(try await first.next()?["id"] == 1)
            let second = try await RawClient.connect(server.address)
            try? await second.send(request(1, "whoami"))
            #expect(try await second.rest().map { $0["error"]?["code"] } == [1_006])
            try await first.close()
            for await _ in server.disconnected {
                break
            }
            var isAdmitted = false
            while !isAdmitted {
                let third = try await RawClient.connect(server.address)
                try? await third.send(request(1, "whoami"))
                isAdmitted = try await third.next()?["result"] == "nobody"
            }
        }
    }

    @Test func aSlowSubscriberIsToldSoAndBounded() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.pauseReading()
            try await client.send(request(1, "flood"))
            var entered = 0
            try await client.send(request(2, "wait"))
            for await _ in server.entered {
                entered += 1
                break
            }
            server.latch.open()
            try await client.resumeReading()
            try await client.endInput()
            let lines = try await client.rest()
            let sent = lines.first { $0["id"] == 1 }?["result"]?.int ?? 0
            #expect(entered == 1)
            #expect(sent > 100 && sent < 100_000)
            #expect(lines.filter { $0["method"] == "event" }.count == sent)
            #expect(lines.contains { $0["method"] == "lagging" })
        }
    }

    @Test func aClientThatDoesNotReadIsNotWorkedFor() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.pauseReading()
            let count = 150
            try await client.send((0..<count).map { request($0, "large", ["count": 100_000]) }.joined())
            try await client.send(request(count, "whoami"))
            try await client.endInput()
            try await client.resumeReading()
            #expect(try await client.rest().count == count + 1)
        }
    }

    @Test func randomBytesDoNoHarm() async throws {
        var random = SystemRandomNumberGenerator()
        try await TestServer.run { server in
            for round in 0..<30 {
                let client = try await RawClient.connect(server.address)
                let bytes = (0..<Int.random(in: 1...5_000, using: &random)).map { _ in
                    UInt8.random(in: 0...(round % 2 == 0 ? 255 : 127), using: &random)
                }
                try? await client.send(bytes)
                if round % 3 == 0 {
                    try await client.close()
                } else {
                    try? await client.endInput()
                    for answer in try await client.rest() {
                        #expect(answer["error"] != nil || answer.array != nil)
                    }
                }
            }
            let client = try await FrontlineClient.connect(to: Destination(server.address))
            #expect(try await client.call(Echo.self, .init(text: "fine")).text == "fine")
        }
    }
}
