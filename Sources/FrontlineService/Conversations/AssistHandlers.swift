import Assist
import FrontlineProtocol
import JSONRPC
package import Sentiment
import Vocabulary

struct AssistFeedbackHandler: MethodHandler {
    typealias Method = FrontlineProtocol.AssistFeedback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let feedback = Assist.AssistFeedback(
            conversationID: params.conversationId,
            actionID: params.actionId,
            articleID: params.articleId,
            verdict: params.verdict
        )
        try await services.assistant.give(
            feedback,
            by: caller.principal,
            visibility: caller.visibility,
            locales: [caller.locale, "en"],
            now: caller.now
        )
        return Method.Result()
    }
}

struct SentimentScoreHandler: MethodHandler {
    typealias Method = FrontlineProtocol.SentimentScore
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let locale = params.locale ?? caller.locale
        return Method.Result(try await services.assistant.sentiment(of: params.text, locale: locale))
    }
}

extension FrontlineProtocol.SentimentScore.Result {
    /// Scores a text; the result states if there is no model for its language.
    package init(_ text: String, locale: String) {
        self.init(SentimentModel.scorer(for: locale)?.score(text))
    }

    /// Creates the wire form of a score; nil means that there is no model for the language.
    package init(_ score: Sentiment.SentimentScore?) {
        guard let score else {
            self.init(status: .unsupported)
            return
        }
        self.init(
            status: .scored,
            score: (score.score * 1_000).rounded() / 1_000,
            label: score.label,
            because: score.because.map { reason in
                .init(text: reason.text, weight: (Double(reason.weight) * 1_000).rounded() / 1_000)
            }
        )
    }
}
