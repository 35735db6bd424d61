import Foundation
import Sentiment
import Testing

@Suite struct EvaluationTests {
    @Test func `three-way labels give accuracy and macro F1`() throws {
        let scores = [-0.5, -0.01, 0.5, 0.6]
        let evaluation = Evaluation(scores: scores, labels: [-1, 0, 1, -1], isThreeWay: true)
        #expect(evaluation.accuracy == 0.75)
        // F1: negative 2/3, neutral 1, positive 2/3.
        let macroF1 = evaluation.macroF1 ?? 0
        #expect(abs(macroF1 - 7.0 / 9.0) < 1e-12)
        #expect(evaluation.auc == nil && evaluation.averagePrecision == nil)
    }

    @Test func `for 0 and 1 a neutral score is wrong`() {
        let evaluation = Evaluation(scores: [0.9, 0.01, -0.01, -0.9], labels: [1, 1, 0, 0], isThreeWay: false)
        #expect(evaluation.accuracy == 0.5)
        #expect(evaluation.auc == 1)
        #expect(evaluation.averagePrecision == 1)
    }

    @Test func `other numbers are ratings`() {
        let evaluation = Evaluation(scores: [0.1, 0.2, 0.3], labels: [1, 2, 3], isThreeWay: false)
        let correlation = evaluation.pearsonR ?? 0
        #expect(abs(correlation - 1) < 1e-12)
        #expect(evaluation.accuracy == nil && evaluation.auc == nil)
    }

    @Test func `the area under the curve is the share of pairs in the right order`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<100 {
            let count = Int.random(in: 2...30, using: &generator)
            let scores = (0..<count).map { _ in Double(Int.random(in: 0...5, using: &generator)) }
            let wanted = (0..<count).map { _ in Bool.random(using: &generator) }
            var (sum, pairs) = (0.0, 0.0)
            for first in 0..<count where wanted[first] {
                for second in 0..<count where !wanted[second] {
                    pairs += 1
                    if scores[first] > scores[second] { sum += 1 }
                    if scores[first] == scores[second] { sum += 0.5 }
                }
            }
            let area = Evaluation.areaUnderCurve(scores, wanted)
            if pairs == 0 { #expect(area == nil) } else { #expect(abs((area ?? -1) - sum / pairs) < 1e-12) }
        }
    }

    @Test func `average precision depends on the ranks of wanted rows`() {
        let expected = (1.0 + 2.0 / 3.0) / 2.0
        #expect(Evaluation.averagePrecision([0.9, 0.8, 0.7], [true, false, true]) == expected)
        #expect(Evaluation.averagePrecision([0.9], [false]) == nil)
    }

    @Test(arguments: [
        ("text\tlabel\nso good\t1\nbad, really\t0\n", "text", "label"),
        ("1\tso good\n0\tbad, really\r\n", "2", "1"),
        ("label,text\r\n1,so good\r\n\r\n0,\"bad, really\"", "text", "label"),
        ("\u{FEFF}x,label,text\n\"a\nb\",1,so good\n,0,\"bad, really\"\n", "3", "label"),
    ])
    func `columns go by name or number, in tab- and comma-separated files`(
        _ file: String,
        _ text: String,
        _ label: String
    ) throws {
        let table = try LabelledTable(Array(file.utf8), textColumn: text, labelColumn: label)
        #expect(table.rows.map(\.text) == ["so good", "bad, really"])
        #expect(table.rows.map(\.label) == ["1", "0"])
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        let evaluation = try Evaluation(table, scorer: scorer)
        #expect(evaluation.n == 2 && evaluation.accuracy == 1 && evaluation.auc == 1)
    }

    @Test func `a quoted value may contain doubled quotes`() throws {
        let table = try LabelledTable(
            Array("\"he said \"\"no\"\"\",negative\n".utf8),
            textColumn: "1",
            labelColumn: "2"
        )
        let expected = LabelledTable.Row(text: "he said \"no\"", label: "negative")
        #expect(table.rows == [expected])
    }

    @Test func `rows without the columns are skipped and counted`() throws {
        let table = try LabelledTable(Array("a\t1\nb\nc\t\n".utf8), textColumn: "1", labelColumn: "2")
        #expect(table.rows.count == 1 && table.skipped == 2)
    }

    @Test func `a header line read by number is not taken for a row`() throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        let table = try LabelledTable(
            Array("t\tl\nfine\tpositive\nawful\tnegative".utf8),
            textColumn: "1",
            labelColumn: "2"
        )
        #expect(try Evaluation(table, scorer: scorer).n == 2)
    }

    @Test(arguments: [("a,b\n1,2", "c", "a"), ("a\tb\n1\t2", "a", "0"), ("", "text", "label")])
    func `a missing column is an error`(_ file: String, _ text: String, _ label: String) {
        #expect(throws: SentimentError.self) {
            try LabelledTable(Array(file.utf8), textColumn: text, labelColumn: label)
        }
    }

    @Test func `a label of an unknown kind is an error that names the row`() throws {
        let scorer = try #require(SentimentModel.scorer(for: "en"))
        let table = try LabelledTable(Array("a\t1\nb\tmaybe\n".utf8), textColumn: "1", labelColumn: "2")
        #expect {
            _ = try Evaluation(table, scorer: scorer)
        } throws: { error in
            (error as? SentimentError)?.message.contains("row 2") ?? false
        }
    }

    @Test func `the figures are encoded as JSON with the names of the protocol`() throws {
        let evaluation = Evaluation(scores: [0.5, -0.5], labels: [1, 0], isThreeWay: false)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(evaluation), as: UTF8.self)
        #expect(json == #"{"accuracy":1,"auc":1,"average_precision":1,"macro_f1":1,"n":2,"pearson_r":1}"#)
    }
}
