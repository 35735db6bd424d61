/// Why a record is not an article.
package struct ArticleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which rule it breaks.
    package enum Code: String, Sendable {
        case id, title, locale, status, audience, restrict, date, section, source
        /// A text that is longer than its field allows.
        case length
        /// An element or attribute that the native format does not know.
        case unknown
        /// The XML itself, a limit of its reader, or the file.
        case xml
        /// No mapping recognises the document, or the one named does not exist.
        case mapping
        /// The address could not be fetched.
        case fetch
    }

    package var code: Code
    /// Names the field, what stands there and what is expected.
    package var message: String
    /// The line it stands on, counted from 1, where it is known more exactly than the record's.
    package var line: Int?

    package init(_ code: Code, _ message: String, line: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
    }

    package var description: String { message }
}
