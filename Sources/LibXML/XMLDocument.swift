import CLibXML2

/// A whole document in memory.
///
/// Nothing outside the given bytes is ever read: no network, no external entity, no external DTD. Internal entities are
/// expanded within ``XMLLimits``. Comments and processing instructions are dropped and CDATA becomes text. Not
/// `Sendable`: use a document from one thread at a time.
///
/// ## Topics
/// - ``XMLElement``
/// - ``XMLRecordReader``
/// - ``XPath``
package struct XMLDocument {
    /// The root element.
    package let root: XMLElement

    /// Parses bytes in UTF-8, UTF-16 or the encoding that they declare.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - file: The name in errors.
    ///   - limits: Limits on size, depth and entities.
    /// - Throws: ``XMLError`` with the line of the first mistake.
    package init(bytes: [UInt8], file: String? = nil, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        guard bytes.count <= limits.documentBytes else {
            throw XMLError(.limit, "the document is larger than \(limits.documentBytes) bytes", file: file)
        }
        if let problem = XMLSniffer.problem(in: bytes[...]) { throw problem.at(file: file) }
        let parser = try ParserSession(file: file, limits: limits)
        parser.feed(bytes[...])
        parser.finish()
        if let error = parser.error { throw error }
        guard let root = xmlDocGetRootElement(parser.tree.document) else {
            throw XMLError(.empty, "the document has no element", file: file)
        }
        self.root = XMLElement(tree: parser.tree, pointer: root)
    }

    /// Parses a document given as a string; it must not declare an encoding other than UTF-8.
    package init(text: String, file: String? = nil, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        try self.init(bytes: Array(text.utf8), file: file, limits: limits)
    }

    /// Reads and parses a file.
    package init(path: String, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        let bytes = try FileInput.contents(of: path, limit: limits.documentBytes)
        try self.init(bytes: bytes, file: path, limits: limits)
    }
}

/// The owner of a libxml2 tree.
///
/// The tree of a whole document exists as long as an element refers to it. A streamed tree frees each record after it
/// has been handled and increments `generation`, so that older elements trap instead of reading freed memory.
final class XMLTree {
    /// The document; owned by the tree after `adopt(_:)`.
    private(set) var document: xmlDocPtr?
    /// The number of records freed from this tree.
    var generation = 0

    init() {}

    deinit {
        if let document { xmlFreeDoc(document) }
    }

    /// Takes ownership of `document`, which is freed with the tree.
    func adopt(_ document: xmlDocPtr) {
        precondition(self.document == nil || self.document == document, "a tree owns one document")
        self.document = document
    }
}
