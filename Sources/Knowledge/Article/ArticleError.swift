/// Why a record cannot become an article.
package struct ArticleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The rule that the record breaks.
    package enum Code: String, Sendable {
        case id, title, locale, status, audience, restrict, date, section, source
        /// A text longer than its field allows.
        case length
        /// An element or attribute that the native format does not know.
        case unknown
        /// A fault of the XML itself or of the file, or a limit of the reader.
        case xml
        /// No mapping recognises the document, or the one named does not exist.
        case mapping
        /// The address could not be fetched.
        case fetch
    }

    package var code: Code
    /// Names the field, its value and what is expected.
    package var message: String
    /// The line of the fault, from 1, where it is known more exactly than the record's.
    package var line: Int?

    package init(_ code: Code, _ message: String, line: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
    }

    package var description: String { message }
}
