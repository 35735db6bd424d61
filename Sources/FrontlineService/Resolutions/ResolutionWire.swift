import FrontlineProtocol
import JSONRPC
import Resolution
import Vocabulary

/// Conversions of the ledger's values to and from the wire.
extension ResolutionPolicy {
    init(_ verdict: Verdict, version: Int64, sha256: String) {
        self.init(
            version: Int(version),
            decision: AuthorityPolicy.decision,
            rules: verdict.rules,
            sha256: sha256.isEmpty ? nil : sha256
        )
    }
}

extension ResolutionSettlement {
    init(_ settlement: Settlement) {
        self.init(
            result: settlement.result,
            reference: settlement.reference,
            by: settlement.by,
            at: Timestamp(microseconds: settlement.at),
            confirmed: settlement.result == .done ? nil : settlement.confirmation != nil,
            confirmedBy: settlement.confirmation?.by,
            confirmedAt: settlement.confirmation.map { Timestamp(microseconds: $0.at) }
        )
    }
}

extension ResolutionRecord {
    init(_ grant: Grant, say: String?) {
        self.init(
            resolutionId: grant.id,
            status: grant.status,
            outcome: grant.outcome,
            say: say,
            action: grant.action,
            amount: grant.amount,
            reason: grant.reason,
            customerId: grant.customerID,
            conversationId: grant.conversationID,
            reference: grant.reference.map { ResolutionReference(type: $0.type, id: $0.id) },
            requestedBy: grant.requestedBy,
            teams: grant.teams,
            decidedBy: grant.decidedBy,
            note: grant.note,
            limit: grant.verdict.limit,
            approverTier: grant.verdict.approverTier.map(String.init),
            because: grant.verdict.because,
            policy: ResolutionPolicy(grant.verdict, version: grant.policyVersion, sha256: grant.policySHA256),
            createdAt: Timestamp(microseconds: grant.createdAt),
            decidedAt: grant.decidedAt.map(Timestamp.init),
            expiresAt: grant.expiresAt.map(Timestamp.init),
            settlement: grant.settlement.map(ResolutionSettlement.init)
        )
    }
}

extension GrantRequest {
    init(
        action: String,
        amount: Money?,
        reason: String,
        customerID: String?,
        conversationID: String?,
        reference: ResolutionReference?,
        context: JSON?
    ) throws {
        let facts: JSONObject
        switch context {
        case nil, .null?: facts = [:]
        case .object(let object)?: facts = object
        default: throw RPCError.invalidParams(path: "params.context", expected: "an object")
        }
        self.init(
            action: action,
            amount: amount,
            reason: reason,
            customerID: customerID,
            conversationID: conversationID,
            reference: reference.map { GrantReference(type: $0.type, id: $0.id) },
            context: facts
        )
    }

    init(_ params: ResolutionEvaluate.Params) throws {
        try self.init(
            action: params.action,
            amount: params.amount,
            reason: params.reason,
            customerID: params.customerId,
            conversationID: params.conversationId,
            reference: params.reference,
            context: params.context
        )
    }

    init(_ params: ResolutionRequest.Params) throws {
        try self.init(
            action: params.action,
            amount: params.amount,
            reason: params.reason,
            customerID: params.customerId,
            conversationID: params.conversationId,
            reference: params.reference,
            context: params.context
        )
    }
}

extension ResolutionError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .forbidden: .refusal(.forbidden, message, argument)
        case .invalid: .refusal(.invalidParams, message, argument, expected: expected)
        }
    }
}
