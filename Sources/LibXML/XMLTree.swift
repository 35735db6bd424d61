import CLibXML2

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
