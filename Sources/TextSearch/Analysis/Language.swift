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
