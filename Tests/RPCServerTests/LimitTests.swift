import JSONRPC
import NIOCore
import RPCServer
import Testing
import Vocabulary

/// What clients may cost: memory, connections, and the time of those who are gone.
@Suite struct LimitTests {
    @Test func theMessagesOfABatchCountAsRequestsInFlight() async throws {
        try await TestServer.run(configure: { $0.limits.requestsInFlight = 3 }) { server in
            let client = try await RawClient.connect(server.address)
            let batch = JSON.array(
                (0..<10).map { ["jsonrpc": "2.0", "id": .number(JSONNumber($0)), "method": "wait"] }
            )
            try await client.send(batch.serialized() + Array("\n".utf8))
            var entered = server.entered.makeAsyncIterator()
            for _ in 0..<3 { _ = await entered.next() }
            #expect(server.latch.waitingCount == 3)
            server.latch.open()
            #expect(try await client.next()?.array?.compactMap { $0["id"]?.int } == Array(0..<10))
            #expect(server.latch.mostWaiting == 3)
        }
    }

    @Test func aBatchIsAnsweredBesideOtherRequests() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(
                #"[{"jsonrpc":"2.0","id":1,"method":"wait"},{"jsonrpc":"2.0","id":2,"method":"whoami"}]"# + "\n"
            )
            try await client.send(request(3, "whoami"))
            #expect(try await client.next()?["id"] == 3)
            server.latch.open()
            #expect(try await client.next()?.array?.compactMap { $0["id"]?.int } == [1, 2])
        }
    }

    @Test func aBarrierInABatchWaitsForTheMessagesBeforeIt() async throws {
        try await TestServer.run { server in
            let client = try await RawClient.connect(server.address)
            let messages = (0..<20).flatMap { number -> [JSON] in
                [
                    ["jsonrpc": "2.0", "id": .number(JSONNumber(number)), "method": "whoami"],
                    ["jsonrpc": "2.0", "method": "authenticate", "params": ["token": .string("t\(number)")]],
                ]
            }
            try await client.send(JSON.array(messages).serialized() + Array("\n".utf8))
            let subjects = try await client.next()?.array?.compactMap { $0["result"]?.string }
            #expect(subjects == ["nobody"] + (0..<19).map { "t\($0)" })
        }
    }

    @Test func theAnswersOfABatchAreBounded() async throws {
        try await TestServer.run(configure: { $0.limits.batchBytes = 2_000_000 }) { server in
            let client = try await RawClient.connect(server.address)
            // How large the answers are is learnt from those before.
            try await client.send(request(98, "large", ["count": 1_000_000]))
            _ = try await client.next()
            let messages = (0..<20).map { number -> JSON in
                [
                    "jsonrpc": "2.0", "id": .number(JSONNumber(number)), "method": "large",
                    "params": ["count": 1_000_000],
                ]
            }
            try await client.send(JSON.array(messages).serialized() + Array("\n".utf8))
            let answers = try #require(try await client.next()?.array)
            #expect(answers.compactMap { $0["id"]?.int } == Array(0..<20))
            let refused = answers.filter { $0["error"]?["code"] == 1_006 }
            #expect(refused.count >= 10 && refused.count <= 18)
            #expect(answers.first?["result"]?.string?.count == 1_000_000)
            try await client.send(request(99, "large", ["count": 1_000_000]))
            #expect(try await client.next()?["result"]?.string?.count == 1_000_000)
        }
    }

    @Test(.timeLimit(.minutes(5))) func clientsThatDoNotReadAreClosedWhenTheyHoldTooMuch() async throws {
        try await TestServer.run(configure: { $0.limits.heldBytes = 8_000_000 }) { server in
            var deaf: [RawClient] = []
            for _ in 0..<8 {
                let client = try await RawClient.connect(server.address)
                try await client.pauseReading()
                try await client.send((0..<4).map { request($0, "large", ["count": 2_000_000]) }.joined())
                deaf.append(client)
            }
            let honest = try await RawClient.connect(server.address)
            try await honest.send(request(1, "large", ["count": 100_000]))
            #expect(try await honest.next()?["id"] == 1)
            var closed = 0
            for client in deaf {
                try? await client.resumeReading()
                // Whoever is still there gets everything.
                try? await client.send(request(9, "whoami"))
                try? await client.endInput()
                if (try? await client.rest().count) != 5 { closed += 1 }
            }
            #expect(closed > 0)
        }
    }

    @Test(.timeLimit(.minutes(5))) func anHonestClientIsServedBesideManyWhoAskForMuchAndReadNothing() async throws {
        try await TestServer.run(configure: { $0.limits.heldBytes = 16_000_000 }) { server in
            var deaf: [RawClient] = []
            let batch = JSON.array(
                (0..<20).map {
                    [
                        "jsonrpc": "2.0", "id": .number(JSONNumber($0)), "method": "large",
                        "params": ["count": 200_000],
                    ]
                }
            )
            for _ in 0..<10 {
                let client = try await RawClient.connect(server.address)
                try await client.pauseReading()
                try? await client.send(batch.serialized() + Array("\n".utf8))
                deaf.append(client)
            }
            let honest = try await RawClient.connect(server.address)
            for number in 1...5 {
                try await honest.send(request(number, "large", ["count": 200_000]))
                #expect(try await honest.next()?["result"]?.string?.count == 200_000)
            }
            for client in deaf { try await client.close() }
        }
    }

    @Test(.timeLimit(.minutes(5))) func whatAClientThatIsGoneAskedForIsNotWaitedForAtTheEnd() async throws {
        try await TestServer.run(configure: { $0.limits.drainTime = .seconds(600) }) { server in
            let client = try await RawClient.connect(server.address)
            try await client.send(request(1, "sleep"))
            var entered = server.entered.makeAsyncIterator()
            _ = await entered.next()
            try await client.reset()
            await server.shutDown()
        }
    }

    // MARK: Clients that have not signed in

    @Test func aSilentClientThatHasNotSignedInIsClosedBeforeOthers() async throws {
        try await TestServer.run(configure: { $0.limits.strangerTime = .milliseconds(100) }) { server in
            let known = try await RawClient.connect(server.address)
            try? await known.send(request(1, "authenticate", ["token": "t"]))
            let isKnown = try await known.next()?["id"] == 1
            let stranger = try await RawClient.connect(server.address)
            #expect(try await stranger.rest().isEmpty)
            if isKnown {
                try await known.send(request(2, "whoami"))
                #expect(try await known.next()?["result"] == "t")
            }
        }
    }

    @Test func whenThereIsNoRoomTheOldestSilentStrangerMakesSome() async throws {
        try await TestServer.run(configure: {
            $0.limits.connections = 2
            $0.limits.strangerGrace = .zero
        }) { server in
            let known = try await RawClient.connect(server.address)
            try await known.send(request(1, "authenticate", ["token": "t"]))
            _ = try await known.next()
            let silent = try await RawClient.connect(server.address)
            try await silent.send(request(1, "whoami"))
            _ = try await silent.next()
            let newcomer = try await RawClient.connect(server.address)
            try await newcomer.send(request(1, "authenticate", ["token": "n"]))
            #expect(try await newcomer.next()?["id"] == 1)
            #expect(try await silent.rest().isEmpty)
            let last = try await RawClient.connect(server.address)
            try? await last.send(request(1, "whoami"))
            // Nobody is left who might make room: both have signed in.
            #expect(try await last.rest().map { $0["error"]?["code"] } == [1_006])
            try await known.send(request(2, "whoami"))
            #expect(try await known.next()?["result"] == "t")
        }
    }

    @Test(arguments: [false, true]) func strangersOfOneAddressAreBoundedUnlessItIsShared(isShared: Bool) async throws {
        try await TestServer.run(configure: {
            $0.limits.strangersOfAddress = 2
            $0.limits.strangerGrace = .zero
            if isShared { $0.sharedAddresses = ["127.0.0.0/8"].compactMap(AddressRange.init) }
        }) { server in
            var clients: [RawClient] = []
            for number in 0..<3 {
                let client = try await RawClient.connect(server.address)
                try await client.send(request(number, "whoami"))
                _ = try await client.next()
                clients.append(client)
            }
            if isShared {
                try await clients[0].send(request(9, "whoami"))
                #expect(try await clients[0].next()?["id"] == 9)
            } else {
                #expect(try await clients[0].rest().isEmpty)
            }
            try await clients[1].send(request(9, "whoami"))
            #expect(try await clients[1].next()?["id"] == 9)
        }
    }

    @Test func roomForConnectionsLeavesFilesForTheStore() {
        #expect(FileDescriptors.room(for: 12_000, of: 1_000_000) == 12_000)
        #expect(FileDescriptors.room(for: 12_000, of: 12_000) == 12_000 - FileDescriptors.reserve)
        #expect(FileDescriptors.room(for: 12_000, of: 300) == 150)
        #expect(FileDescriptors.room(for: 10, of: 300) == 10)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("192.0.2.0/24", "192.0.2.255", true),
        ("192.0.2.0/23", "192.0.3.1", true), ("192.0.2.0/23", "192.0.4.1", false), ("0.0.0.0/0", "203.0.113.9", true),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("127.0.0.1", "::ffff:127.0.0.1", true), ("::1", "127.0.0.1", false),
    ]) func aRangeHoldsTheAddressesThatBeginLikeIt(range: String, address: String, holds: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(AddressRange.bytes(of: address))) == holds)
    }

    @Test func addressesOfOneClientAreCountedTogether() throws {
        let group = { try AddressRange.group(of: #require(AddressRange.bytes(of: $0))) }
        #expect(try group("2001:db8:1:2::1") == group("2001:db8:1:2:ffff::9"))
        #expect(try group("2001:db8:1:2::1") != group("2001:db8:1:3::1"))
        #expect(try group("192.0.2.7") == "192.0.2.7" && group("::ffff:192.0.2.7") == "192.0.2.7")
    }

    @Test func strangersAreWhatAPlainListSays() {
        var random = SystemRandomNumberGenerator()
        var strangers = Strangers()
        var plain: [(number: UInt64, group: String?)] = []
        for number in 0..<UInt64(5_000) {
            let group = Bool.random(using: &random) ? "g\(Int.random(in: 0..<3, using: &random))" : nil
            strangers.insert(number, group: group)
            plain.append((number, group))
            while plain.count > Int.random(in: 0..<60, using: &random) {
                let index = Int.random(in: plain.indices, using: &random)
                strangers.remove(plain[index].number)
                strangers.remove(plain[index].number)
                plain.remove(at: index)
            }
            #expect(strangers.count == plain.count)
            for group in ["g0", "g1", "g2"] {
                #expect(strangers.count(in: group) == plain.count { $0.group == group })
            }
            var seen: [UInt64] = []
            _ = strangers.oldest(in: "g1") { number in
                seen.append(number)
                return false
            }
            #expect(Set(seen) == Set(plain.filter { $0.group == "g1" }.prefix(64).map(\.number)) || plain.count > 64)
        }
    }

    // MARK: What waits to be written

    @Test func theQueueGivesWhatWasPutIn() {
        var random = SystemRandomNumberGenerator()
        let (shelf, document) = (SharedBuffers(), SharedBytes((0..<50_000).map { UInt8(truncatingIfNeeded: $0 % 251) }))
        var (queue, expected) = (OutgoingQueue(), [UInt8]())
        var (taken, freed, owned) = ([UInt8](), 0, 0)
        for _ in 0..<400 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let line = [UInt8](
                    repeating: .random(in: 32...126, using: &random),
                    count: .random(in: 0...40_000, using: &random)
                )
                queue.append(.line(line), shared: shelf)
                expected += line + [10]
                owned += line.count + 1
            case 1:
                queue.append(.pieces([.own([1, 2]), .shared(document), .own([3])]), shared: shelf)
                expected += [1, 2] + document.bytes + [3, 10]
                owned += 4
            case 2:
                var other = OutgoingQueue()
                other.append(message: [9, 9])
                queue.append(other)
                expected += [9, 9, 10]
                owned += 3
            default:
                guard let chunk = queue.removeFirst(atMost: Int.random(in: 1...30_000, using: &random)) else {
                    continue
                }
                taken += Array(chunk.bytes.readableBytesView)
                freed += chunk.frees
            }
            #expect(queue.count == expected.count - taken.count)
        }
        while let chunk = queue.removeFirst(atMost: 65_536) {
            #expect(chunk.bytes.readableBytes <= 65_536)
            taken += Array(chunk.bytes.readableBytesView)
            freed += chunk.frees
        }
        #expect(taken == expected)
        #expect(freed == owned && queue.ownCount == 0 && queue.isEmpty)
    }

    @Test func aBatchIsQueuedAsOneLineWithoutItsParts() {
        let (shelf, document) = (SharedBuffers(), SharedBytes([UInt8](repeating: 65, count: 100_000)))
        let large = [UInt8](repeating: 66, count: 200_000)
        let given: [RPCAnswer?] = [
            nil, .line([1, 2]), .pieces([.own([3]), .shared(document), .own([4])]), nil, .line(large),
        ]
        var (queue, answers) = (OutgoingQueue(), given)
        queue.append(batch: &answers, shared: shelf)
        var taken: [UInt8] = []
        while let chunk = queue.removeFirst(atMost: 65_536) { taken += Array(chunk.bytes.readableBytesView) }
        #expect(taken == RPCAnswer.batch(given).map { $0.bytes + [10] })
        #expect(answers.allSatisfy { $0 == nil })
        var none: [RPCAnswer?] = [nil, nil]
        queue.append(batch: &none, shared: shelf)
        #expect(queue.isEmpty)
    }

    @Test func whatAnswersHaveInCommonIsNotCopied() {
        let (shelf, document) = (SharedBuffers(), SharedBytes([UInt8](repeating: 65, count: 100_000)))
        var queue = OutgoingQueue()
        for _ in 0..<1_000 { queue.append(.pieces([.own([1]), .shared(document), .own([2])]), shared: shelf) }
        #expect(queue.count > 100_000_000 && queue.ownCount == 3_000)
    }
}
