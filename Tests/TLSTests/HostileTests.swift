import COpenSSL
import TLS
import Testing

/// What comes from those who do not speak TLS, or not as they should.
@Suite(.enabled(if: Certificates.tool != nil, "needs the openssl tool")) struct HostileTests {
    private let certificates: Certificates

    init() async throws {
        certificates = try await Certificates.shared.value
    }

    @Test(arguments: [
        ("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"server.info\"}\n", "wrong version number"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "http request"), ("\u{16}\u{3}\u{1}\0\0\0\0\0\0\0\0\0", ""),
        ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", ""), ("SSH-2.0-OpenSSH_9.9\r\n", ""),
    ])
    func `who does not speak TLS is refused`(text: String, reason: String) throws {
        let server = try Side(accepting: certificates.server())
        try server.activate()
        let outcome = server.write([1])
        server.arrive(Array(text.utf8))
        #expect(server.codes == [.handshake] && !server.isOpen && server.received.isEmpty)
        #expect("\(server.errors.first.map { "\($0)" } ?? "")".contains(reason))
        #expect(outcome.failures.count == 1)
    }

    @Test(arguments: 0..<50) func `random bytes end in one error`(seed: Int) throws {
        var generator = SeededGenerator(seed)
        let server = try Side(accepting: certificates.server())
        try server.activate()
        // Half of them begin like a record.
        var bytes = generator.bytes(Int.random(in: 1...40_000, using: &generator))
        if seed % 2 == 0 { bytes = [22, 3, UInt8(seed % 5), 0, UInt8.random(in: 1...255, using: &generator)] + bytes }
        while !bytes.isEmpty {
            let count = min(bytes.count, Int.random(in: 1...20_000, using: &generator))
            server.arrive(bytes.prefix(count))
            bytes.removeFirst(count)
        }
        server.arriveEnd()
        #expect(server.codes == [.handshake] && !server.isOpen && server.received.isEmpty)
    }

    // MARK: The hello

    /// The beginning of a hello that says it has so many bytes, cut into records of so many.
    private func hello(_ length: Int, records: Int, count: Int) -> [UInt8] {
        let message = [1, UInt8(length >> 16), UInt8(length >> 8 & 255), UInt8(length & 255)]
        let body = Array((message + [UInt8](repeating: 0, count: count)).prefix(count))
        return stride(from: 0, to: body.count, by: records).flatMap { start in
            let part = body[start..<min(start + records, body.count)]
            return [22, 3, 1, UInt8(part.count >> 8), UInt8(part.count & 255)] + part
        }
    }

    @Test(arguments: [1, 3, 4, 1_000]) func `a hello that says it is too long is refused at once`(records: Int) throws {
        for (length, isRefused) in [(16_384, false), (16_385, true), (131_072, true), (16_777_215, true)] {
            let server = try Side(accepting: certificates.server())
            try server.activate()
            server.arrive(hello(length, records: records, count: 4))
            #expect(server.isOpen != isRefused)
            #expect(server.errors.map { "\($0)" } == (isRefused ? ["the client's hello is too long"] : []))
        }
    }

    @Test func `a second hello is limited too, and one of normal length is answered`() throws {
        for isTooLong in [false, true] {
            let server = try Side(accepting: certificates.server())
            // Its first choice is a curve that the server does not have, so it is asked for another hello.
            let client = ForeignPeer(groups: "P-521:P-256")
            try server.activate()
            server.arrive(client.sent())
            client.arrive(try server.sent())
            #expect(!client.isComplete && server.errors.isEmpty)
            if isTooLong {
                server.arrive([20, 3, 3, 0, 1, 1] + hello(131_072, records: 4, count: 4))
                #expect(server.errors.map { "\($0)" } == ["the client's hello is too long"])
            } else {
                try client.carry(server)
                client.write([1])
                server.arrive(client.sent())
                #expect(client.isComplete && server.received == [1])
            }
        }
    }

    // MARK: Damage

    /// Damages what passes between two sides at one place: a handshake, some data in both directions, the end.
    @Test(arguments: 0..<300) func `damage at any point ends both sides, each with one error`(seed: Int) throws {
        var generator = SeededGenerator(seed)
        let server = try Side(accepting: certificates.server())
        let client = try Side(connectingTo: "localhost", certificates.client(), allowsHalfClosure: seed % 2 == 0)
        try server.activate()
        try client.activate()
        let (ping, pong) = (generator.bytes(20_000), generator.bytes(3_000))
        let outcomes = [client.write(ping), server.write(pong)]
        // A handshake takes about 2,500 bytes; the rest are data.
        var untouched = Int.random(in: 0...(seed % 3 == 0 ? 26_000 : 3_000), using: &generator)
        var isDamaged = false
        var (there, back): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<10_000 {
            there += try client.sent()
            back += try server.sent()
            guard !there.isEmpty || !back.isEmpty else { break }
            let isThere = back.isEmpty || (!there.isEmpty && Bool.random(using: &generator))
            let most = isThere ? there.count : back.count
            var piece = Array((isThere ? there : back).prefix(Int.random(in: 1...min(3_000, most), using: &generator)))
            if isThere { there.removeFirst(piece.count) } else { back.removeFirst(piece.count) }
            if untouched < piece.count, !isDamaged {
                isDamaged = true
                Self.damage(&piece, at: untouched, &generator)
            }
            untouched -= piece.count
            if isThere { server.arrive(piece) } else { client.arrive(piece) }
        }
        client.arriveEnd()
        server.arriveEnd()
        for (side, expected) in [(server, ping), (client, pong)] {
            #expect(side.errors.count == 1 && side.recorder.afterwards == 0)
            #expect(expected.starts(with: side.received) && !side.isOpen)
        }
        // Whoever got something damaged does not take it for the whole.
        if isDamaged { #expect(!client.errors.isEmpty || !server.errors.isEmpty) }
        #expect(outcomes.allSatisfy { $0.successes + $0.failures.count == 1 })
    }

    private static func damage(_ piece: inout [UInt8], at place: Int, _ generator: inout SeededGenerator) {
        let place = min(max(place, 0), piece.count - 1)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: piece[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        case 1: piece.insert(contentsOf: generator.bytes(Int.random(in: 1...100, using: &generator)), at: place)
        case 2: piece.remove(at: place)
        default: piece.replaceSubrange(place..., with: generator.bytes(piece.count - place))
        }
    }
}
