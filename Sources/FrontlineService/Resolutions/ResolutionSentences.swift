import FrontlineProtocol
import Resolution
import Texts
import Vocabulary

/// Creates the sentence that an agent can read out to the customer about a request: from the texts `say.…` in the
/// customer's language, selected by the request's status, action and reason.
struct ResolutionSentences: Sendable {
    private static let group = "say"

    let texts: TextCatalog

    /// The wire form of a request, with its sentence.
    func record(_ grant: Grant) throws -> ResolutionRecord {
        let state = Self.state(of: grant)
        return ResolutionRecord(
            grant,
            say: try say(state, grant.action, grant.reason, grant.amount, grant.reference?.id, grant.locale)
        )
    }

    /// The sentence before a request is made.
    func say(_ evaluation: Evaluation, of request: GrantRequest) throws -> String? {
        let state = "preview.\(evaluation.verdict.outcome.rawValue)"
        let reference = request.reference?.id
        return try say(state, request.action, request.reason, request.amount, reference, evaluation.locale)
    }

    /// The most specific text available; nil if there is none.
    private func say(
        _ state: String,
        _ action: String,
        _ reason: String,
        _ amount: Money?,
        _ reference: String?,
        _ locale: String?
    ) throws -> String? {
        let texts = try texts.texts(for: locale)
        let keys = ["\(state).\(action).\(reason)", "\(state).\(action)", state].map { "\(Self.group).\($0)" }
        guard let key = keys.first(where: texts.has) else { return nil }
        var values: [String: TextValue] = ["action": .name(group: "\(Self.group).action", code: action)]
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
