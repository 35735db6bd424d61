import PhraseMatching

/// Finds which of several things a customer chooses, by words or by meaning.
struct ChoiceReader: Sendable {
    /// When something that was said means a choice.
    struct Meaning: Sendable {
        /// The least similarity of what was said to a phrase, from -1 to 1.
        let similarity: Double
        /// How much nearer it must be than to any phrase of another choice.
        let margin: Double
    }

    /// The choices in the order of the file, with the phrases that mean them.
    let choices: [(value: String, phrases: [String])]
    let meaning: Meaning?
    private let matcher: PhraseMatcher

    /// - Parameters:
    ///   - choices: the values with their rules and the phrases that mean them.
    ///   - meaning: when a phrase counts; nil to go by words alone.
    /// - Throws: the error of an invalid pattern.
    init(
        _ choices: [(value: String, rule: PhraseRule, phrases: [String])],
        meaning: Meaning?
    ) throws(PhraseError) {
        self.choices = choices.map { ($0.value, $0.phrases) }
        self.meaning = meaning
        matcher = try PhraseMatcher(choices.map { $0.rule })
    }

    /// The choice that an utterance names in words; empty if it names none, or several.
    func chosen(in utterance: Utterance) -> [SaidValue] {
        let matches = matcher.matches(in: utterance.text)
        guard let last = matches.last, matches.allSatisfy({ $0.rule == last.rule }) else { return [] }
        return [SaidValue(value: .choice(choices[last.rule].value), range: last.range)]
    }

    /// The choice that an utterance means; nil if none is near enough, or two are about equally near.
    func meant(by text: String, locale: String, _ port: any MeaningPort) -> String? {
        guard let meaning else { return nil }
        let phrases = choices.flatMap { $0.phrases }
        guard !phrases.isEmpty, let similarities = port.similarities(of: text, to: phrases, locale: locale),
            similarities.count == phrases.count
        else { return nil }
        var next = 0
        let best = choices.map { choice -> Double in
            defer { next += choice.phrases.count }
            return similarities[next..<next + choice.phrases.count].max() ?? -1
        }
        let order = best.indices.sorted { (best[$1], $0) < (best[$0], $1) }
        guard let first = order.first, best[first] >= meaning.similarity else { return nil }
        if order.count > 1, best[first] - best[order[1]] < meaning.margin { return nil }
        return choices[first].value
    }
}
