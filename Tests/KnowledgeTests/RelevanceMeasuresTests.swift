import Knowledge
import Testing

@Suite struct RelevanceMeasuresTests {
    @Test func `a perfect answer scores one on every measure`() {
        let measures = RelevanceMeasures(judgements: ["1": ["a": 2, "b": 1]], run: ["1": ["a", "b", "c"]])
        #expect(measures.ndcgAt10 == 1 && measures.meanAveragePrecision == 1)
        #expect(measures.recallAt100 == 1 && measures.meanReciprocalRank == 1)
    }

    @Test func `measures agree with a calculation by hand for one article on rank three and a topic without answers`() {
        let measures = RelevanceMeasures(
            judgements: ["1": ["a": 1, "x": 0], "2": ["b": 1], "3": ["c": 0]],
            run: ["1": ["x", "y", "a"]]
        )
        #expect(measures.topics == 2)
        #expect(measures.ndcgAt10 == 0.25)
        #expect(abs(measures.meanAveragePrecision - 1.0 / 6) < 1e-12)
        #expect(measures.recallAt100 == 0.5)
        #expect(abs(measures.meanReciprocalRank - 1.0 / 6) < 1e-12)
    }
}
