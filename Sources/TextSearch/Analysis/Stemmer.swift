import CLibStemmer

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
