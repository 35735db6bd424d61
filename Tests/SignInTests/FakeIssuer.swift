import IdentityTokens
import SampleIdentity
import SignIn
import Synchronization
import Vocabulary

/// An issuer that answers from memory, as a test tells it to.
final class FakeIssuer: IssuerTransport {
    struct State {
        var keys = TestIssuer.keys(TestIssuer.key.publicKey())
        var more: [String: JSON] = [:]
        var isAway = false
        var requests = 0
        /// The token that a code is exchanged for.
        var token: String?
        /// The last form that was posted, with its headers.
        var posted: (form: [String: String], headers: [String])?
    }

    let state = Mutex(State())

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    var requests: Int { state.withLock { $0.requests } }

    static func metadata(_ more: [String: JSON] = [:]) -> [UInt8] {
        var document: JSONObject = [
            "issuer": .string(TestIssuer.address), "authorization_endpoint": .string(TestIssuer.address + "/auth?x=1"),
            "token_endpoint": .string(TestIssuer.address + "/token"), "jwks_uri": .string(TestIssuer.address + "/keys"),
            "end_session_endpoint": .string(TestIssuer.address + "/leave"),
        ]
        document.replace(more)
        return JSON.object(document).serialized()
    }

    func get(_ address: String, most: Int) async throws(SignInError) -> [UInt8] {
        let answer = state.withLock { state -> [UInt8]? in
            state.requests += 1
            guard !state.isAway else { return nil }
            return address.hasSuffix("/keys") ? state.keys : Self.metadata(state.more)
        }
        guard let answer else { throw SignInError(.unavailable, "away") }
        return answer
    }

    func post(
        _ form: String,
        headers: [String],
        to address: String,
        most: Int
    ) async throws(SignInError) -> (status: Int, body: [UInt8]) {
        state.withLock { state in
            state.posted = (FormText.members(of: form) ?? [:], headers)
            guard let token = state.token else { return (400, Array(#"{"error":"invalid_grant"}"#.utf8)) }
            return (200, JSON.object(["id_token": .string(token)]).serialized())
        }
    }
}
