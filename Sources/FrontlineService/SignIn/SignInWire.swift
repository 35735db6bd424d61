import FrontlineProtocol
import IdentityTokens
import JSONRPC
import SignIn

extension SignInError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid:
            .refusal(
                .invalidParams,
                message,
                argument,
                expected: "rules of sign-in without errors",
                details: details
            )
        case .refused: RPCError(.forbidden, message)
        case .stale: RPCError(.unauthenticated, message)
        // What exactly is wrong with the issuer is for the log.
        case .unavailable, .issuer: RPCError(.unavailable, "the issuer of sign-ins cannot be asked at the moment")
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }
}

extension TokenRefusal: WireError {
    var wireError: RPCError? { RPCError(.unauthenticated, "the token does not count: \(message)") }
}
