import FEEL
package import Vocabulary

/// The extractors in force, and the languages that they understand.
///
/// ## Topics
/// - ``read(_:file:)``
/// - ``found(_:in:at:locale:)``
package struct ExtractorBook: Sendable {
    /// The book without extractors.
    package static let empty = ExtractorBook([], languages: [:])

    /// The extractors by name.
    private let extractors: [String: Extractor]
    /// The languages by their tag in lower case.
    private let languages: [String: SpokenLanguage]

    init(_ extractors: [Extractor], languages: [String: SpokenLanguage]) {
        self.extractors = Dictionary(extractors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.languages = languages
    }

    /// The names of the extractors, sorted.
    package var names: [String] { extractors.keys.sorted() }

    /// The extractor of a name.
    package func extractor(_ name: String) -> Extractor? { extractors[name] }

    /// A language, or the one without the region; one that only knows digits if neither is in the file.
    func language(_ locale: String) -> SpokenLanguage {
        let tag = locale.lowercased()
        return languages[tag] ?? languages[String(tag.prefix { $0 != "-" })] ?? SpokenLanguage()
    }

    /// Applies an extractor to an utterance.
    ///
    /// - Parameters:
    ///   - name: the extractor.
    ///   - text: what was said.
    ///   - now: when, in microseconds since 1970 UTC.
    ///   - locale: its language.
    /// - Returns: what it finds, as JSON in the order of the text; nil if there is no such extractor.
    package func found(_ name: String, in text: String, at now: Int64, locale: String) -> [JSON]? {
        guard let extractor = extractors[name] else { return nil }
        let today = SpokenDay(.utc).date(now)
        return extractor.values(in: Utterance(text), language(locale), today: today).map(\.value.json)
    }
}

/// The day of a moment in the time zone in which days begin.
package struct SpokenDay: Sendable {
    private let zone: Zone

    /// - Parameter timeZone: the name of the zone; an unknown one counts as UTC.
    package init(timeZone: String) { zone = Region(timeZone).map(Zone.region) ?? .utc }

    init(_ zone: Zone) { self.zone = zone }

    /// The day of a moment in microseconds since 1970 UTC.
    func date(_ moment: Int64) -> CalendarDate {
        (DateAndTime(nanoseconds: Int128(moment) * 1_000, zone: zone) ?? .epoch).date
    }
}
