import FrontlineProtocol
import Resolution
import Storage
import Texts
import Vocabulary

/// Creates the sentence that an agent can read out to the customer about a request: from the texts `say.…` in the
/// customer's language, selected by the request's status, action and reason.
struct ResolutionSentences: Sendable {
    private static let group = "say"

    let texts: TextCatalog

    /// The wire form of a request, with its sentence.
    func record(_ grant: Grant) async throws -> ResolutionRecord {
        Self.record(grant, in: try await texts.texts(for: grant.locale))
    }

    /// Requests as the wire has them, each with its sentence.
    func records(_ grants: [Grant]) async throws -> [ResolutionRecord] {
        let shelf = try await texts.shelf()
        return grants.map { Self.record($0, in: shelf.texts(for: $0.locale)) }
    }

    /// One request inside a transaction.
    func record(_ grant: Grant, in transaction: some SQLReading) throws -> ResolutionRecord {
        Self.record(grant, in: try texts.shelf(in: transaction).texts(for: grant.locale))
    }

    private static func record(_ grant: Grant, in texts: TextSet) -> ResolutionRecord {
        let sentence = say(state(of: grant), grant.action, grant.reason, grant.amount, grant.reference?.id, in: texts)
        return ResolutionRecord(grant, say: sentence)
    }

    /// The sentence before a request is made.
    func say(_ evaluation: Evaluation, of request: GrantRequest) async throws -> String? {
        let state = "preview.\(evaluation.verdict.outcome.rawValue)"
        let reference = request.reference?.id
        let texts = try await texts.texts(for: evaluation.locale)
        return Self.say(state, request.action, request.reason, request.amount, reference, in: texts)
    }

    /// The most specific text available; nil if there is none.
    private static func say(
        _ state: String,
        _ action: String,
        _ reason: String,
        _ amount: Money?,
        _ reference: String?,
        in texts: TextSet
    ) -> String? {
        let keys = ["\(state).\(action).\(reason)", "\(state).\(action)", state].map { "\(group).\($0)" }
        guard let key = keys.first(where: texts.has) else { return nil }
        var values: [String: TextValue] = ["action": .name(group: "\(group).action", code: action)]
        values["amount"] = amount.map { .money(amount: $0.text, currency: $0.currency.code) }
        values["reference"] = reference.map { .text($0) }
        return texts.text(key, values)
    }

    /// The status of a request, as named in the keys of texts.
    private static func state(of grant: Grant) -> String {
        if let settlement = grant.settlement { return settlement.result.rawValue }
        return grant.status == .approved && grant.decidedBy != nil ? "granted" : grant.status.rawValue
    }
}
