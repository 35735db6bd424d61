/// What precedents say for an article after certain words.
package struct UseEvidence: Sendable, Hashable {
    /// From 0 to 1, the share of the full lift.
    package let strength: Double
    /// How often the article was used after words like these.
    package let times: Int
    /// How many people used it.
    package let people: Int

    package init(strength: Double, times: Int, people: Int) {
        (self.strength, self.times, self.people) = (strength, times, people)
    }
}

/// Weighs the precedents that are close to some words, as a vote of people.
///
/// - A person has one voice for an article, however many precedents: the strongest. It weighs what the closeness of the words, the
///   age and the kind of use leave of 1.
/// - The voices for an article are added up. It is lifted when enough different people used it, and when its sum is not far
///   behind that of the article with the largest.
///
/// So what one person reports alone changes nothing, and beside what others reported, it counts as one voice at most. The method
/// is a vote of the nearest neighbours weighted by distance (Dudani, 1976), with people in place of samples.
package struct PrecedentTally {
    /// A precedent that is close to the words.
    package struct Precedent: Sendable {
        /// The article, by a number.
        package let article: Int
        /// The person, by a number.
        package let person: Int32
        /// The cosine of the angle between the words and these.
        package let similarity: Double
        /// When it was used last, in microseconds since 1970.
        package let at: Int64
        package let uses: Int
        package let opens: Int

        package init(article: Int, person: Int32, similarity: Double, at: Int64, uses: Int, opens: Int) {
            (self.article, self.person, self.similarity) = (article, person, similarity)
            (self.at, self.uses, self.opens) = (at, uses, opens)
        }
    }

    private struct Voices {
        /// The weight of each person's voice, and whether the person used the article.
        var weights: [Int32: (weight: Double, isUse: Bool)] = [:]
        var times = 0

        var people: Int { weights.values.reduce(0) { $0 + ($1.isUse ? 1 : 0) } }

        /// In the order of weights, because sums of floating-point numbers depend on it.
        var sum: Double { weights.values.map(\.weight).sorted().reduce(0, +) }
    }

    private let rules: LearningRules
    private let now: Int64

    /// A vote by these rules; `now` is in microseconds since 1970.
    package init(rules: LearningRules, now: Int64) { (self.rules, self.now) = (rules, now) }

    /// The evidence for each article that is lifted; the order of the precedents does not matter.
    package func evidence(of precedents: some Sequence<Precedent>) -> [Int: UseEvidence] {
        var voices: [Int: Voices] = [:]
        for precedent in precedents {
            let weight = weight(of: precedent)
            guard weight > 0 else { continue }
            let isUse = precedent.uses > 0
            voices[precedent.article, default: Voices()].times += precedent.uses
            let known = voices[precedent.article]?.weights[precedent.person] ?? (0, false)
            voices[precedent.article]?.weights[precedent.person] = (
                max(known.weight, weight), known.isUse || isUse
            )
        }
        let sums = voices.mapValues(\.sum)
        let most = sums.values.max() ?? 0
        var result: [Int: UseEvidence] = [:]
        for (article, voices) in voices {
            let sum = sums[article] ?? 0
            guard voices.people >= rules.people, sum >= rules.leastShare * most else { continue }
            result[article] = UseEvidence(
                strength: min(1, sum / rules.peopleForFullLift),
                times: voices.times,
                people: voices.people
            )
        }
        return result
    }

    private func weight(of precedent: Precedent) -> Double {
        let kind = precedent.uses > 0 ? 1 : precedent.opens > 0 ? rules.openedWeight : 0
        return kind * rules.closeness(precedent.similarity) * rules.decay(since: precedent.at, now: now)
    }
}
