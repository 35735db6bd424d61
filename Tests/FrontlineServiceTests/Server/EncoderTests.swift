import Foundation
import FrontlineService
import ModelSupply
import SampleModels
import Testing
import Vocabulary

/// What the server says of its sentence encoder.
@Suite struct EncoderTests {
    private func encoder() throws -> NamedEncoder {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder, at: "tiny")
        return try StoredModel(at: folder.url.appendingPathComponent("tiny").path).open()
    }

    @Test func `server.info and health name the encoder`() async throws {
        let server = try InProcessServer(Desk().folder, encoder: encoder())
        let told = try await server.connect().call("server.info")["encoder"]
        #expect(
            told == ["name": "tiny", "dimensions": 32, "state": "ready", "passages": 0, "embedded": 0, "mood": "off"]
        )
        let check = try await server.connect().call("server.health")["checks"]?["encoder"]
        let detail =
            "tiny, 32 dimensions; 0 of 0 passages embedded; the mood is by words only, its models belong to another encoder"
        #expect(check?["ok"] == true && check?["detail"]?.string == detail)
    }

    @Test func `without an encoder both say so, and the server is healthy`() async throws {
        let connection = try Desk().server.connect()
        let told = try await connection.call("server.info")["encoder"]
        #expect(told == ["state": "off", "passages": 0, "embedded": 0])
        let health = try await connection.call("server.health")
        #expect(health["status"] == "ok")
        #expect(health["checks"]?["encoder"]?["detail"]?.string?.contains("words only") == true)
    }
}
