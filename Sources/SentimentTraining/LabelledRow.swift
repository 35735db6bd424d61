import Foundation
import Sentiment

/// A text with its human rating.
struct LabelledRow: Sendable {
    /// The name of its data set.
    let set: String
    let text: String
    /// The rating from -4 to 4.
    let rating: Float
    /// The weight in training.
    let weight: Float
    /// Texts of one group, which differ only in case and punctuation, are kept in the same fold of cross-validation.
    let group: UInt64

    init(set: String, text: String, rating: Float, weight: Float = 1) {
        self.set = set
        self.text = text
        self.rating = rating
        self.weight = weight
        let letters = text.utf8.lazy.filter { ($0 | 0x20) &- 0x61 < 26 }
        group = TextHash.mix(letters.reduce(TextHash.seed) { TextHash.extend($0, $1 | 0x20) })
    }
}

/// The data sets whose licences (MIT and CC BY 4.0) allow training a model.
enum TrainingSets {
    /// Sets with a mean rating from -4 to 4.
    static let rated = [
        "tweets_GroundTruth", "amazonReviewSnippets_GroundTruth", "movieReviewSnippets_GroundTruth",
        "nytEditorialSnippets_GroundTruth",
    ]
    /// Sets with 0 or 1.
    static let judged = ["Sudar_amazon_cells_labelled", "Sudar_imdb_labelled", "Sudar_yelp_labelled"]
    /// The rating used for label 1; its negative is used for 0.
    static let judgedRating: Float = 2

    /// The weight of each set's rows; conversations resemble tweets and short reviews more than editorials.
    private static func weight(_ set: String) -> Float {
        switch set {
        case "tweets_GroundTruth": 2.5
        case "movieReviewSnippets_GroundTruth": 0.7
        case "nytEditorialSnippets_GroundTruth": 0.7
        default: 1
        }
    }

    /// Reads all sets from `folder`, the folder `sentiment` of the public test data.
    static func load(_ folder: URL) throws -> [LabelledRow] {
        var rows: [LabelledRow] = []
        for set in rated {
            for line in try lines(folder.appending(path: "vader/\(set).txt")) {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard fields.count >= 3, let rating = Float(fields[1]), let text = fields.last else { continue }
                rows.append(LabelledRow(set: set, text: String(text), rating: rating, weight: weight(set)))
            }
        }
        for set in judged {
            for line in try lines(folder.appending(path: "uci/\(set).txt")) {
                guard let tab = line.lastIndex(of: "\t") else { continue }
                let label = line[line.index(after: tab)...].trimmingCharacters(in: .whitespaces)
                guard label == "0" || label == "1" else { continue }
                let rating = label == "1" ? judgedRating : -judgedRating
                rows.append(LabelledRow(set: set, text: String(line[..<tab]), rating: rating, weight: weight(set)))
            }
        }
        return rows
    }

    /// The rated words of VADER's lexicon.
    static func lexicon(_ folder: URL) throws -> [(word: String, rating: Float)] {
        try lines(folder.appending(path: "vader/vader_lexicon.txt")).compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 3, let rating = Float(fields[1]) else { return nil }
            return (String(fields[0]), rating)
        }
    }

    static func lines(_ file: URL) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }
}
