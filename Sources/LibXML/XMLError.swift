/// Why XML could not be read, with the place.
package struct XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// Not well-formed XML: mismatched tags, bad characters, truncation.
        case malformed
        /// The bytes do not fit the declared or detected encoding, or the encoding is unknown.
        case encoding
        /// An entity that is not declared, or an external one, which is never loaded.
        case entity
        /// A limit of ``XMLLimits`` was passed: depth, size, entity expansion.
        case limit
        /// No bytes, or white space only.
        case empty
        /// Not XML at all: compressed, an archive, binary, an HTML page.
        case notXML
        /// The file could not be opened or read.
        case unreadable
        /// The XPath expression does not compile or cannot be evaluated.
        case xpath
    }

    package var code: Code
    package var message: String
    /// Counted from 1; 0 where there is no place.
    package var line: Int
    /// Counted from 1; 0 where there is no place.
    package var column: Int
    /// The file, when it came from one.
    package var file: String?

    package init(_ code: Code, _ message: String, line: Int = 0, column: Int = 0, file: String? = nil) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.file = file
    }

    /// `file:line:column: message`, with the parts that are known.
    package var description: String {
        var place = file ?? ""
        if line > 0 { place += place.isEmpty ? "line \(line)" : ":\(line)" }
        if line > 0, column > 0 { place += file == nil ? ", column \(column)" : ":\(column)" }
        return place.isEmpty ? message : "\(place): \(message)"
    }
}
