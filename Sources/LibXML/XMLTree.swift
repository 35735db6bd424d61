import CLibXML2

/// The owner of a libxml2 tree.
///
/// A tree of a whole document lives as long as its elements hold it. A streamed tree loses each record once it has
/// been handled: `generation` then moves on, and older elements are refused instead of reading freed memory.
final class XMLTree {
    /// The document; owned by the tree from the moment it is adopted.
    private(set) var document: xmlDocPtr?
    /// How many records have been freed from this tree.
    var generation = 0

    init() {}

    deinit {
        if let document { xmlFreeDoc(document) }
    }

    /// Takes over `document`, which is freed with the tree.
    func adopt(_ document: xmlDocPtr) {
        precondition(self.document == nil || self.document == document, "a tree owns one document")
        self.document = document
    }
}
