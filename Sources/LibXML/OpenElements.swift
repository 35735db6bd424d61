import CLibXML2

/// The open elements at a place, serialised as XML: their start tags and the content kept of them.
struct OpenElements {
    private let nodes: [xmlNodePtr]
    private let givenUp: xmlNodePtr?
    private let limit: Int

    /// - Parameters:
    ///   - nodes: the elements, the outermost first.
    ///   - givenUp: a record inside the innermost element to leave out.
    ///   - limit: the largest number of bytes of content to write; start tags are always written.
    init(_ nodes: [xmlNodePtr], without givenUp: xmlNodePtr?, limit: Int) {
        self.nodes = nodes
        self.givenUp = givenUp
        self.limit = limit
    }

    /// The XML; `asASCII` writes non-ASCII characters as references.
    ///
    /// `nil` if memory is exhausted.
    func bytes(asASCII: Bool) -> [UInt8]? {
        var result: [UInt8] = []
        for (index, node) in nodes.enumerated() {
            guard let tag = startTag(of: node) else { return nil }
            result += tag
            // The open element is always the last child.
            let next = index + 1 < nodes.count ? nodes[index + 1] : givenUp
            var child = node.pointee.children
            while let current = child, current != next {
                child = current.pointee.next
                guard let text = dump(current) else { return nil }
                if result.count + text.count <= limit { result += text }
            }
        }
        return asASCII ? Self.ascii(result) : result
    }

    private func startTag(of node: xmlNodePtr) -> [UInt8]? {
        // The value 2 copies attributes and namespaces, but no children.
        guard let copy = xmlDocCopyNode(node, node.pointee.doc, 2) else { return nil }
        defer { xmlFreeNode(copy) }
        guard var text = dump(copy), text.suffix(2) == Array("/>".utf8)[...] else { return nil }
        text.removeLast(2)
        text.append(UInt8(ascii: ">"))
        return text
    }

    private func dump(_ node: xmlNodePtr) -> [UInt8]? {
        guard let buffer = xmlBufferCreate() else { return nil }
        defer { xmlBufferFree(buffer) }
        guard xmlNodeDump(buffer, node.pointee.doc, node, 0, 0) >= 0, let content = xmlBufferContent(buffer) else {
            return nil
        }
        return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
    }

    private static func ascii(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var result = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.isASCII { result.unicodeScalars.append(scalar) } else { result += "&#\(scalar.value);" }
        }
        return Array(result.utf8)
    }
}
