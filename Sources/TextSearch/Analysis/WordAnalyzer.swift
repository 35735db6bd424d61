import CLibStemmer
import Foundation

/// The forms under which a word is indexed and looked up.
struct WordForms: Sendable {
    /// The word in lower case without accents: used for completion, prefixes and typo tolerance.
    var surface: String
    /// The stem without accents, by which postings are stored.
    var term: String
    /// Whether the word is a function word of the language.
    var isStopWord: Bool
}

/// Turns words of one language into their forms.
///
/// Use each instance from one thread at a time.
final class WordAnalyzer {
    /// The length in bytes to which words are truncated, so that junk cannot fill the dictionary.
    static let maximumWordBytes = 64

    private let stemmer: Stemmer?
    /// The function words of the language, folded.
    let stopWords: Set<String>
    private let elided: Set<String>

    /// Creates an analyser for a primary language; words of unknown languages are folded but not stemmed.
    init(language: String) {
        stemmer = Stemmer(language: language)
        stopWords = StopWords.of(language)
        elided = Self.elisions[language] ?? []
    }

    /// Whether a folded word is a function word.
    func isStopWord(_ surface: String) -> Bool { stopWords.contains(surface) }

    /// The forms of a word found by the scanner.
    func forms(of word: UnsafeBufferPointer<UInt8>) -> WordForms {
        forms(of: String(decoding: Self.clipped(word), as: UTF8.self))
    }

    /// The forms of a word.
    func forms(of word: String) -> WordForms {
        let lower = Self.withoutElision(Self.lowered(word), elided)
        let surface = Self.folded(lower)
        if Self.isNumeric(surface) { return numberForms(surface) }
        let isStopWord = stopWords.contains(surface)
        var term = isStopWord ? surface : Self.folded(stemmer?.stem(lower) ?? lower)
        term.removeAll { $0 == "'" }
        return WordForms(surface: surface, term: term.isEmpty ? surface : term, isStopWord: isStopWord)
    }

    private func numberForms(_ surface: String) -> WordForms {
        let digits = surface.filter { $0 != "," }
        return WordForms(surface: digits, term: digits, isStopWord: false)
    }

    private static func isNumeric(_ word: String) -> Bool {
        word.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2C || $0 == 0x2E }
    }

    private static func clipped(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard word.count > maximumWordBytes else { return word }
        var end = maximumWordBytes
        while end > 0, word[end] & 0xC0 == 0x80 { end -= 1 }
        return UnsafeBufferPointer(rebasing: word[..<end])
    }

    private static func lowered(_ word: String) -> String {
        let lower = word.lowercased()
        if lower.utf8.allSatisfy({ $0 < 0x80 }) { return lower }
        let scalars = lower.precomposedStringWithCanonicalMapping.unicodeScalars.compactMap(kept)
        return String(String.UnicodeScalarView(scalars))
    }

    private static func kept(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xAD, 0x200B...0x200D, 0x2060: nil
        case 0x2019: "'"
        default: scalar
        }
    }

    /// Removes accents from lower-case text, and replaces letters such as `ß` and `ø` with their usual plain spelling.
    static func folded(_ lower: String) -> String {
        if lower.utf8.allSatisfy({ $0 < 0x80 }) { return lower }
        let plain = lower.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        var result = ""
        for scalar in plain.unicodeScalars {
            if let letters = spelledOut[scalar] { result += letters } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    private static let spelledOut: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    ]

    private static func withoutElision(_ word: String, _ elided: Set<String>) -> String {
        guard !elided.isEmpty, let mark = word.firstIndex(of: "'") else { return word }
        let rest = word[word.index(after: mark)...]
        return elided.contains(String(word[..<mark])) && !rest.isEmpty ? String(rest) : word
    }

    private static let elisions: [String: Set<String>] = [
        "fr": ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"],
        "it": [
            "l", "d", "un", "c", "m", "t", "s", "v", "n", "dell", "all", "dall", "sull", "nell", "coll", "quest",
            "quell",
        ],
        "ca": ["l", "d", "m", "t", "s", "n"],
    ]
}

/// The primary language of a locale, which determines the stemmer, the stop words and the part of the index to search.
enum Language {
    /// The primary subtag in lower case (`de` for `de-AT`), or `und` if there is none.
    static func primary(of locale: String) -> String {
        let subtag = locale.utf8.prefix { $0 != 0x2D && $0 != 0x5F }
        let letters = subtag.prefix(8).map { $0 | 0x20 }
        guard letters.count > 1, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return "und" }
        return String(decoding: letters, as: UTF8.self)
    }
}

/// A Snowball stemmer for one language; use each instance from one thread at a time.
final class Stemmer {
    private let handle: OpaquePointer

    /// Creates the stemmer for an ISO 639-1 code; `nil` if libstemmer has none.
    init?(language: String) {
        let code = ["nb": "no", "nn": "no"][language] ?? language
        guard code.utf8.count <= 3, let handle = sb_stemmer_new(code, "UTF_8") else { return nil }
        self.handle = handle
    }

    deinit {
        sb_stemmer_delete(handle)
    }

    /// The stem of a lower-case word.
    func stem(_ word: String) -> String {
        var word = word
        return word.withUTF8 { bytes in
            guard let start = bytes.baseAddress, let stem = sb_stemmer_stem(handle, start, Int32(bytes.count)) else {
                return ""
            }
            let length = Int(sb_stemmer_length(handle))
            return String(decoding: UnsafeBufferPointer(start: stem, count: length), as: UTF8.self)
        }
    }
}
