import Foundation

/// What is encoded of a query.
enum QueryText {
    /// Into how many parts a long query is cut at most.
    static let maximumParts = 8
    /// So many words have to be finished before an unfinished one for their meaning to be searched.
    private static let leastFinished = 2

    /// The texts to encode: the query, or its parts if it is so long that one vector would blur it.
    ///
    /// - Parameters:
    ///   - text: the query.
    ///   - corrections: the words that are understood as others.
    ///   - isUnfinished: whether the last word may be unfinished, and is left out.
    /// - Returns: none if there is nothing to encode.
    static func parts(
        of text: String,
        corrections: [(from: String, to: String)] = [],
        isUnfinished: Bool = false
    ) -> [String] {
        var text = text
        if isUnfinished {
            while let last = text.last, !last.isWhitespace { text.removeLast() }
            guard text.split(whereSeparator: \.isWhitespace).count >= leastFinished else { return [] }
        }
        for (from, to) in corrections { text = replacing(from, with: to, in: text) }
        let bytes = Array(text.utf8)
        return PassageCutter.pieces(of: bytes, atMost: maximumParts).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The text with another word wherever a word stands, but not within other words.
    private static func replacing(_ word: String, with other: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.range(of: word) {
            let before = rest[..<range.lowerBound]
            let isWord =
                !(before.last ?? result.last ?? " ").isPartOfWord
                && !(range.upperBound < rest.endIndex && rest[range.upperBound].isPartOfWord)
            result += before + (isWord ? other : word)
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
