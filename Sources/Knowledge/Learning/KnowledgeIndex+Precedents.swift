package import Access
import Storage
import Synchronization
import Vocabulary

/// Words after which an article was used, close to others.
package struct NeighbouringWords: Sendable, Hashable {
    /// What was said or searched for, redacted.
    package let text: String
    /// The article used after it.
    package let key: ArticleKey
    /// How often it was used, and only opened, after exactly these words.
    package let used: Int
    package let opened: Int
    /// The cosine of the angle between the two texts, from -1 to 1.
    package let similarity: Double
}

extension KnowledgeIndex {
    /// The bounds within which precedents move what is found and suggested.
    package var learningRules: LearningRules { precedents?.rules.withLock { $0 } ?? LearningRules() }

    /// Changes the bounds, which searches that start later use; without a model they have no effect.
    package func setLearningRules(_ rules: LearningRules) { precedents?.rules.withLock { $0 = rules } }

    /// How many precedents count, and how many wait for their vector; nil without a model.
    package var learning: (encoded: Int, waiting: Int)? { precedents?.progress }

    /// Describes a use that may become a precedent; nil without a model, because nothing could be compared with its words.
    ///
    /// - Parameters:
    ///   - said: what the customer said before.
    ///   - user: who used the article, or reports it.
    ///   - agent: the agent for whom an integration reports it.
    /// - Returns: the description, to be recorded with the feedback.
    package func precedent(
        after said: [PrecedentDraft.Said] = [],
        by user: Principal,
        for agent: String? = nil
    ) -> PrecedentDraft? {
        guard let meaning else { return nil }
        return PrecedentDraft(said, by: user, for: agent, languages: meaning.encoder.languages, rules: learningRules)
    }

    /// What precedents say for articles after what the customer said last, by the keys of the articles.
    ///
    /// Cost: half a millisecond with 20,000 precedents.
    package func uses(
        after talk: TalkMeaning,
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) -> [String: UseEvidence] {
        let wanted = passageFilter(visibility, locale: locale, now: now)
        return precedents?.evidence(
            after: [talk.newest],
            filter: wanted,
            audiences: visibility.audiences,
            now: now
        ) ?? [:]
    }

    /// The words closest to a text after which an article was used that the caller may see, closest first.
    ///
    /// Equal words with the same article are one neighbour, whoever said them.
    ///
    /// Cost: some milliseconds on the calling thread for encoding the text, unless it is a recent one, and one look at the
    /// store for each precedent found.
    ///
    /// - Parameters:
    ///   - text: the words.
    ///   - limit: how many neighbours at most.
    ///   - locale: the language of the text.
    ///   - visibility: what the caller may see.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the neighbours.
    /// - Throws: ``KnowledgeError`` `unavailable` without a model that understands the language; the store's error.
    package func neighbours(
        of text: String,
        limit: Int,
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) async throws -> [NeighbouringWords] {
        guard let meaning, let precedents, meaning.understands(locale) else {
            throw KnowledgeError(
                .unavailable,
                meaning == nil
                    ? "no sentence encoder is loaded: nothing is learned from use"
                    : "the sentence encoder does not understand “\(locale)”",
                argument: meaning == nil ? nil : "locale"
            )
        }
        let near = precedents.nearest(
            to: meaning.vector(of: text),
            count: PrecedentIndex.neighbours,
            filter: passageFilter(visibility, locale: locale, now: now),
            audiences: visibility.audiences
        )
        guard let store else { return [] }
        return try await store.read { transaction in
            let texts = Dictionary(uniqueKeysWithValues: try PrecedentTable.texts(of: near.map(\.id), in: transaction))
            return Self.grouped(near, texts, limit: limit)
        }
    }

    private struct Group: Hashable {
        let text: String
        let key: String
    }

    private static func grouped(
        _ near: [PrecedentIndex.Neighbour],
        _ texts: [Int64: String],
        limit: Int
    ) -> [NeighbouringWords] {
        var order: [Group] = []
        var found: [Group: (used: Int, opened: Int, similarity: Double)] = [:]
        for neighbour in near {
            guard let text = texts[neighbour.id] else { continue }
            let group = Group(text: text, key: neighbour.key)
            if found[group] == nil {
                guard order.count < limit else { continue }
                order.append(group)
            }
            let known = found[group] ?? (0, 0, neighbour.similarity)
            found[group] = (known.used + neighbour.uses, known.opened + neighbour.opens, known.similarity)
        }
        return order.compactMap { group in
            guard let key = ArticleKey(text: group.key), let sums = found[group] else { return nil }
            return NeighbouringWords(
                text: group.text,
                key: key,
                used: sums.used,
                opened: sums.opened,
                similarity: sums.similarity
            )
        }
    }
}
