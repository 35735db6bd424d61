import Alerts
import BusinessCalendar
import DMN
import FrontlineProtocol
import JSONRPC
import Policies
import Texts
import Versioning
import Vocabulary

extension PolicyVersions.Version {
    init(_ listing: VersionListing) {
        self.init(
            version: Int(listing.version.number),
            sha256: listing.version.sha256,
            at: Timestamp(microseconds: listing.version.at),
            by: listing.version.by,
            note: listing.version.note,
            inForce: listing.isInForce,
            withdrawn: listing.withdrawal.map(VersionWithdrawal.init)
        )
    }
}

extension VersionWithdrawal {
    /// Creates the wire form of a withdrawal.
    init(_ withdrawal: Withdrawal) {
        self.init(at: Timestamp(microseconds: withdrawal.at), by: withdrawal.by, reason: withdrawal.reason)
    }
}

extension PolicyError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid: .refusal(.invalidParams, message, argument)
        case .invalidModel: flawed(expected: "a decision model without errors")
        case .failingCases: flawed(expected: "a decision model whose test cases pass, or `force`")
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }

    private func flawed(expected: String) -> RPCError {
        .refusal(.invalidParams, message, argument, expected: expected, details: details)
    }
}

extension SignalError: WireError {
    var wireError: RPCError? {
        .refusal(
            .invalidParams,
            sentence,
            "source",
            expected: "a file of signals without errors",
            details: details
        )
    }

    var sentence: String { "the signals have errors" }
    var details: [String] { findings.map(\.description) }
}

extension CalendarError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict, .frozen: .refusal(.conflict, message, argument)
        case .invalid:
            .refusal(
                .invalidParams,
                message,
                argument,
                expected: "a calendar without errors",
                details: details
            )
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }
}

extension TextError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .invalid: .invalidSource(message, argument, expected: "a file of texts without errors", details: details)
        }
    }

    var sentence: String { message }
    var details: [String] { findings.map(\.description) }
}
