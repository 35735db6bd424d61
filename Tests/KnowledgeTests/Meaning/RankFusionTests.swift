import Knowledge
import Testing

/// The joining of words and meaning.
@Suite struct RankFusionTests {
    /// The values of a reference in Python.
    @Test(arguments: [
        (8.0, 8.0, 0.62, false, 1.900250), (8, 8, 0.1, false, 1.047426), (4, 8, 0.7, false, 1.452574),
        (0, 8, 0.75, false, 0.970688), (0, 0, 0.45, false, 0.622459), (0, 8, 0.75, true, 0.242672),
        (2.5, 10, 0.4, false, 0.75),
    ])
    func `scores are those of the reference`(
        words: Double,
        best: Double,
        similarity: Double,
        lacksIdentifier: Bool,
        expected: Double
    ) throws {
        let evidence = RankFusion.Evidence(words: words, similarity: similarity, lacksIdentifier: lacksIdentifier)
        let score = try #require(RankFusion(bestWords: best).score(evidence))
        #expect(abs(score.total - expected) < 1e-6)
        #expect((0...1).contains(score.words) && (0...1).contains(score.meaning))
    }

    @Test func `more words or more meaning never score less`() throws {
        let fusion = RankFusion(bestWords: 5)
        for words in stride(from: 0.0, through: 5, by: 0.5) {
            var last = 0.0
            for similarity in stride(from: 0.3, through: 1, by: 0.05) {
                let score = try #require(fusion.score(.init(words: words, similarity: similarity)))
                #expect(score.total > last)
                #expect(score.words == words / 5)
                last = score.total
            }
        }
    }

    @Test func `without words, only what is near enough is a hit; with words, all are`() {
        let fusion = RankFusion(bestWords: 5)
        #expect(fusion.score(.init(words: 0, similarity: 0.29)) == nil)
        #expect(fusion.score(.init(words: 0, similarity: nil)) == nil)
        #expect(fusion.score(.init(words: 0.1, similarity: nil))?.meaning == 0)
        #expect(fusion.score(.init(words: 0.1, similarity: -0.5)) != nil)
    }
}
