extension Article {
    /// Checks every rule for articles, except the sections' markup, which is checked where it is reduced.
    ///
    /// - Throws: ``ArticleError`` that names the field and what is expected.
    package func validate() throws(ArticleError) {
        try Article.check(id, "id", maximum: 200, code: .id)
        guard !id.isEmpty, !(id.first?.isWhitespace ?? false), !(id.last?.isWhitespace ?? false) else {
            throw ArticleError(.id, "id: must not be empty, nor begin or end with white space")
        }
        guard Article.isLocale(locale) else {
            throw ArticleError(.locale, "locale: '\(locale.prefix(40))' is not a language tag like 'en' or 'de-AT'")
        }
        guard !title.allSatisfy(\.isWhitespace) else { throw ArticleError(.title, "title: is missing or empty") }
        try Article.check(title, "title", maximum: 1000, code: .title)
        try Article.check(source, "source", maximum: 200, code: .source)
        guard !source.isEmpty else { throw ArticleError(.source, "source: must not be empty") }
        if let validFrom, let validUntil, validFrom >= validUntil {
            throw ArticleError(.date, "valid-until: must be later than valid-from")
        }
        try checkLists()
    }

    private func checkLists() throws(ArticleError) {
        guard (summary?.utf8.count ?? 0) <= 20_000 else {
            throw ArticleError(.length, "summary: is longer than 20000 bytes")
        }
        guard sections.count <= 500 else { throw ArticleError(.section, "section: more than 500 sections") }
        for (field, values) in [("keyword", keywords), ("asked", asked), ("tag", tags)] {
            guard values.count <= 500 else { throw ArticleError(.length, "\(field): more than 500 of them") }
            for value in values { try Article.check(value, field, maximum: 500, code: .length) }
        }
        for section in sections {
            try Article.check(section.title ?? "", "section title", maximum: 1000, code: .section)
        }
    }

    private static func check(
        _ value: String,
        _ field: String,
        maximum: Int,
        code: ArticleError.Code
    ) throws(ArticleError) {
        // A character has at least one byte, so short texts need no counting.
        guard value.utf8.count <= maximum || value.unicodeScalars.count <= maximum else {
            throw ArticleError(code, "\(field): is longer than \(maximum) characters")
        }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
            throw ArticleError(code, "\(field): contains a control character")
        }
    }

    /// Whether the text has the form of a BCP 47 tag: 2 to 8 letters, then parts of 1 to 8 letters and digits.
    package static func isLocale(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let language = parts.first, (2...8).contains(language.count) else { return false }
        let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
        guard language.allSatisfy(isLetter) else { return false }
        return parts.dropFirst().allSatisfy { part in
            (1...8).contains(part.count) && part.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
        }
    }
}
