import FrontlineProtocol
import Sentiment

struct SentimentScoreHandler: MethodHandler {
    typealias Method = FrontlineProtocol.SentimentScore

    func answer(_ params: Method.Params, for caller: Caller) async -> Method.Result {
        Method.Result(params.text, locale: params.locale ?? caller.locale)
    }
}

extension FrontlineProtocol.SentimentScore.Result {
    /// Scores a text; without a model for its language the answer says so.
    package init(_ text: String, locale: String) {
        guard let scorer = SentimentModel.scorer(for: locale) else {
            self.init(status: .unsupported)
            return
        }
        let score = scorer.score(text)
        self.init(
            status: .scored,
            score: (score.score * 1_000).rounded() / 1_000,
            label: .init(rawValue: score.label.rawValue),
            because: score.because.map { reason in
                .init(text: reason.text, weight: (Double(reason.weight) * 1_000).rounded() / 1_000)
            }
        )
    }
}
