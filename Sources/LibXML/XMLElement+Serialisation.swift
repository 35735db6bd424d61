import CLibXML2

extension XMLElement {
    /// The element as XML text in UTF-8, with the namespace declarations needed for a standalone document.
    package var xml: String {
        guard let buffer = xmlBufferCreate() else { return "" }
        defer { xmlBufferFree(buffer) }
        guard let copy = xmlDocCopyNode(node, tree.document, 1) else { return "" }
        defer { xmlFreeNode(copy) }
        guard xmlNodeDump(buffer, tree.document, copy, 0, 0) >= 0 else { return "" }
        return String(xml: xmlBufferContent(buffer))
    }
}
