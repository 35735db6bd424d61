/// Utterances from contacts with a company, written and rated by this project.
///
/// Real conversations contain complaints without emotional words ("third time I call") and many neutral utterances ("I
/// would like to change my booking"). Each line is a rating from -4 to 4 and a phrase or utterance.
enum OwnPhrases {
    /// The name of the set in labelled rows.
    static let set = "own"

    /// All phrases as rows.
    static func rows(weight: Float) -> [LabelledRow] {
        [complaints, dialogue, neutral, praise, idioms].flatMap { text in
            text.split(whereSeparator: \.isNewline).compactMap { line in
                guard let space = line.firstIndex(of: " "), let rating = Float(line[..<space]) else { return nil }
                let text = line[line.index(after: space)...].drop { $0 == " " }
                return LabelledRow(set: set, text: String(text), rating: rating, weight: weight)
            }
        }
    }
}
