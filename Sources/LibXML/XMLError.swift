/// Why XML could not be read, with the place.
package struct XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of error.
    package enum Code: String, Sendable {
        /// Not well-formed XML: mismatched tags, bad characters, truncation.
        case malformed
        /// The bytes are invalid in the declared or detected encoding, or the encoding is unknown.
        case encoding
        /// An entity that is not declared, or an external one, which is never loaded.
        case entity
        /// A limit of ``XMLLimits`` was exceeded: depth, size, entity expansion.
        case limit
        /// The input is empty or only white space.
        case empty
        /// The input is not XML: compressed, an archive, binary, an HTML page.
        case notXML
        /// The file could not be opened or read.
        case unreadable
        /// The XPath expression does not compile or cannot be evaluated.
        case xpath
    }

    package var code: Code
    package var message: String
    /// The line, from 1; 0 if it is unknown.
    package var line: Int
    /// The column, from 1; 0 if it is unknown.
    package var column: Int
    /// The file, if there is one.
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

/// A place in a document.
struct DocumentPlace: Equatable {
    /// The number of bytes before it.
    var offset: Int
    /// The line, from 1.
    var line: Int
}
