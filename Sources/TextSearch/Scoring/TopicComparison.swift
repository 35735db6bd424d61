/// Measures how well documents match the topic of a conversation.
struct TopicComparison {
    let reader: PartReader
    let topic: TopicPlan
    let tuning: SearchTuning

    /// The best matching documents with their measures, best first.
    func nearest(_ limit: Int) -> [(candidate: TopicCandidate, ranked: RankedDocument)] {
        let best = PartSearch(reader: reader, plan: topic.plan, tuning: tuning).best(limit)
        let finder = MatchFinder(slots: topic.plan.slots)
        let comparison = AskedComparison(reader: reader, topic: topic, tuning: tuning)
        return best.map { hit in
            let view = reader.part.segments[Int(hit.segment)]
            let matches = finder.matches(hit.document, in: view, segment: Int(hit.segment))
            let ranked = RankedDocument(
                segment: Int(hit.segment),
                document: hit.document,
                score: WeightScale.score(hit.score),
                matches: matches,
                parts: []
            )
            let asked = comparison.best(Int(hit.document), matches, in: view.segment, segment: Int(hit.segment))
            return (candidate(ranked, matches, view.segment, asked), ranked)
        }
    }

    private func candidate(
        _ ranked: RankedDocument,
        _ matches: [SlotMatch],
        _ segment: Segment,
        _ asked: (phrase: String, share: Double)?
    ) -> TopicCandidate {
        let document = Int(ranked.document)
        let score = ranked.score * Double(segment.boosts[document])
        let telling = matches.sorted { ($0.score, $1.slot) > ($1.score, $0.slot) }
        let inTitle = telling.filter { $0.positions.contains { $0 < segment.positionRange(document, .title).count } }
        let said = inTitle.reduce(0) { $0 + min(1, topic.mentions[$1.slot]) }
        let fresh = matches.reduce(0.0) { $0 + (topic.isFresh[$1.slot] ? Double($1.score) : 0) }
        let about = Self.aboutPositions(segment, document)
        let own = matches.reduce(0.0) { total, match in
            total + (match.positions.contains { about.contains(Int($0)) } ? Double(match.score) : 0)
        }
        let all = matches.reduce(0.0) { $0 + Double($1.score) }
        return TopicCandidate(
            key: segment.key(document),
            coverage: min(1, score / max(topic.mass, .leastNormalMagnitude)),
            weight: score / Double(reader.inverseFrequency(0)) / dilution,
            aboutShare: all > 0 ? own / all : 0,
            titleShare: min(1, said / Double(max(1, titleLength(segment, document)))),
            askedShare: asked?.share ?? 0,
            asked: asked?.phrase,
            freshShare: all > 0 ? fresh / all : 0,
            words: telling.map { topic.plan.slots[$0.slot].typed.lowercased() },
            titleWords: inTitle.map { topic.plan.slots[$0.slot].typed.lowercased() }
        )
    }

    /// The discount for matches by chance, which increase with the amount of talk.
    private var dilution: Double { max(1, topic.extent / tuning.topicExtent).squareRoot().squareRoot() }

    /// The positions of the fields that describe a document: its title, keywords, asked phrases and summary, which come
    /// first.
    private static func aboutPositions(_ segment: Segment, _ document: Int) -> Range<Int> {
        let title = segment.positionRange(document, .title)
        let summary = segment.positionRange(document, .summary)
        // A title alone does not describe a document completely, so all its words count.
        return summary.upperBound > title.upperBound ? title.lowerBound..<summary.upperBound : 0..<Int.max
    }

    /// The number of significant words in a title.
    private func titleLength(_ segment: Segment, _ document: Int) -> Int {
        var terms: Set<String> = []
        DocumentWords.each(in: segment.text(document, .title)) { word in
            guard word.parts == 1 else { return }
            let forms = word.withBytes { reader.analyzer.forms(of: $0) }
            if !forms.isStopWord, !SmallTalk.words.contains(forms.surface) { terms.insert(forms.term) }
        }
        return terms.count
    }
}
