/// The texts of all languages in force at one time.
package struct TextShelf: Sendable {
    /// The published texts, by language.
    let published: [String: TextBook]
    /// The built-in texts, by language.
    let builtIn: [String: TextBook]

    /// The built-in texts, without any publications.
    package static let builtIn = TextShelf(
        published: [:],
        builtIn: Dictionary(TextBook.builtIn.map { ($0.locale, $0) }, uniquingKeysWith: { first, _ in first })
    )

    /// The texts for a reader: in the language, with fallback to the language without its region, then to English.
    ///
    /// - Parameter locale: a language such as `de` or `de-AT`; nil for English.
    /// - Returns: the texts.
    package func texts(for locale: String?) -> TextSet {
        let wanted = TextBook.normalized(locale ?? TextCatalog.defaultLocale)
        var books: [TextBook] = []
        for locale in [wanted, String(wanted.prefix { $0 != "-" }), TextCatalog.defaultLocale] {
            guard !books.contains(where: { $0.locale == locale }) else { continue }
            books += [published[locale], builtIn[locale]].compactMap(\.self)
        }
        return TextSet(locale: wanted, books: books)
    }
}

/// The texts for one reader: the books of the language and of its fallbacks, best first.
///
/// A key without a text yields the key itself, so that a missing text is visible and nothing fails.
package struct TextSet: Sendable {
    /// The requested language.
    package let locale: String
    private let books: [TextBook]

    /// Creates a set of books, the best first.
    package init(locale: String, books: [TextBook]) {
        self.locale = locale
        self.books = books
    }

    /// The built-in texts of a language, ignoring publications.
    package static func builtIn(_ locale: String) -> TextSet { TextShelf.builtIn.texts(for: locale) }

    /// Whether a book has a text for this key.
    package func has(_ key: String) -> Bool { template(key) != nil }

    /// The text of a key with its values.
    package func text(_ key: String, _ values: [String: TextValue] = [:]) -> String {
        template(key)?.render(values, format: format) ?? key
    }

    /// A stored text in this language.
    package func text(_ keyed: KeyedText) -> String { text(keyed.key, keyed.values) }

    /// The name of a code: the text `GROUP.CODE`, or the code with spaces for underscores.
    package func name(_ group: String, _ code: String) -> String {
        template("\(group).\(code)")?.render([:], format: format) ?? code.replacing("_", with: " ")
    }

    /// A value formatted for this language.
    package func format(_ value: TextValue) -> String {
        switch value {
        case .text(let text): return text
        case .number(let figure): return number(figure)
        case .name(let group, let code): return name(group, code)
        // Rendered without values, so that texts that refer to each other do not recurse.
        case .keyed(let key): return template(key)?.render([:]) { _ in "" } ?? key
        case .words(let byLocale): return words(byLocale)
        case .money(let amount, let currency):
            let values: [String: TextValue] = ["amount": .number(amount), "currency": .text(currency)]
            let key = "money.\(currency)"
            return text(template(key) == nil ? "money" : key, values)
        }
    }

    /// The words of this language, of the language without its region, or English; else of the first language.
    private func words(_ byLocale: [String: String]) -> String {
        for wanted in [locale, String(locale.prefix { $0 != "-" }), TextCatalog.defaultLocale] {
            if let words = byLocale[wanted] { return words }
        }
        return byLocale.min { $0.key < $1.key }?.value ?? ""
    }

    private func template(_ key: String) -> TextTemplate? {
        for book in books { if let text = book.texts[key] { return text } }
        return nil
    }

    /// A number with this language's decimal separator and digit grouping.
    private func number(_ figure: String) -> String {
        let (point, group) = (mark("number.decimal", "."), mark("number.group", ""))
        let parts = figure.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let sign = parts[0].prefix { $0 == "-" }
        let digits = Array(parts[0].dropFirst(sign.count))
        guard digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber) else { return figure }
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole += group }
            whole.append(digit)
        }
        return sign + whole + (parts.count > 1 ? point + parts[1] : "")
    }

    private func mark(_ key: String, _ other: String) -> String {
        template(key)?.render([:]) { _ in "" } ?? other
    }
}
