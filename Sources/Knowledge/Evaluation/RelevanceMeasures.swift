import Foundation

/// How well ranked answers agree with human judgements, averaged over topics.
///
/// The measures are those of TREC evaluations: nDCG at 10 with gains 2^grade − 1 (Järvelin and Kekäläinen 2002), mean
/// average precision to depth 1,000, recall at 100, and the mean reciprocal rank of the first relevant answer.
package struct RelevanceMeasures: Sendable, Equatable {
    package let topics: Int
    package let ndcgAt10: Double
    package let meanAveragePrecision: Double
    package let recallAt100: Double
    package let meanReciprocalRank: Double

    /// Averages over every topic that has at least one relevant article; a topic without answers counts as 0.
    ///
    /// - Parameters:
    ///   - judgements: for every topic, the grades of articles; grades above 0 are relevant.
    ///   - run: for every topic, the ids of the answers, best first.
    package init(judgements: [String: [String: Int]], run: [String: [String]]) {
        var sums = (ndcg: 0.0, precision: 0.0, recall: 0.0, reciprocal: 0.0)
        var count = 0
        for (topic, grades) in judgements.sorted(by: { $0.key < $1.key }) {
            let relevant = grades.filter { $0.value > 0 }
            guard !relevant.isEmpty else { continue }
            count += 1
            let answer = run[topic] ?? []
            sums.ndcg += Self.ndcg(answer, relevant)
            sums.precision += Self.averagePrecision(answer, relevant)
            sums.recall += Double(answer.prefix(100).count { relevant[$0] != nil }) / Double(relevant.count)
            sums.reciprocal += answer.firstIndex { relevant[$0] != nil }.map { 1 / Double($0 + 1) } ?? 0
        }
        topics = count
        let divisor = Double(max(count, 1))
        ndcgAt10 = sums.ndcg / divisor
        meanAveragePrecision = sums.precision / divisor
        recallAt100 = sums.recall / divisor
        meanReciprocalRank = sums.reciprocal / divisor
    }

    private static func ndcg(_ answer: [String], _ relevant: [String: Int]) -> Double {
        func gain(_ grade: Int, _ rank: Int) -> Double { (pow(2, Double(grade)) - 1) / log2(Double(rank + 2)) }
        let dcg = answer.prefix(10).enumerated().reduce(0) { $0 + gain(relevant[$1.element] ?? 0, $1.offset) }
        let ideal = relevant.values.sorted(by: >).prefix(10).enumerated().reduce(0) { $0 + gain($1.element, $1.offset) }
        return dcg / ideal
    }

    private static func averagePrecision(_ answer: [String], _ relevant: [String: Int]) -> Double {
        var (hits, sum) = (0, 0.0)
        for (rank, id) in answer.prefix(1_000).enumerated() where relevant[id] != nil {
            hits += 1
            sum += Double(hits) / Double(rank + 1)
        }
        return sum / Double(relevant.count)
    }
}
