import CLibXML2

/// A child of an element.
package enum XMLNode {
    case element(XMLElement)
    /// Character data including CDATA sections, with entities expanded.
    case text(String)
}

/// An attribute of an element; namespace declarations are not attributes.
package struct XMLAttribute: Equatable, Sendable {
    package var name: String
    /// The namespace URI; empty if there is none, as for every attribute without a prefix.
    package var namespace: String
    package var value: String
}

extension XMLElement {
    /// Elements and texts in document order; comments and processing instructions are not kept.
    package var children: [XMLNode] {
        childPointers.compactMap { child in
            switch child.pointee.type {
            case XML_ELEMENT_NODE: .element(XMLElement(tree: tree, pointer: child))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: .text(String(xml: child.pointee.content))
            default: nil
            }
        }
    }

    /// The child elements in document order.
    package var elements: [XMLElement] { childPointers.compactMap(element) }

    /// The first child element.
    package var firstElement: XMLElement? { childPointers.lazy.compactMap(element).first { _ in true } }

    /// The last child element.
    package var lastElement: XMLElement? {
        var next = node.pointee.last
        while let child = next {
            if let element = element(child) { return element }
            next = child.pointee.prev
        }
        return nil
    }

    /// The first child element, if only white space precedes it.
    package var leadingElement: XMLElement? {
        for child in childPointers {
            if let element = element(child) { return element }
            if xmlIsBlankNode(child) == 0 { return nil }
        }
        return nil
    }

    /// The child elements of this local name, and namespace, if one is given.
    package func elements(named local: String, namespace: String? = nil) -> [XMLElement] {
        elements.filter { $0.isNamed(local, namespace: namespace) }
    }

    /// The first child element of this local name, and namespace, if one is given.
    package func first(_ local: String, namespace: String? = nil) -> XMLElement? {
        childPointers.lazy.compactMap(element).first { $0.isNamed(local, namespace: namespace) }
    }

    private var childPointers: UnfoldSequence<xmlNodePtr, xmlNodePtr?> {
        sequence(state: node.pointee.children) { next in
            defer { next = next?.pointee.next }
            return next
        }
    }

    private func element(_ child: xmlNodePtr) -> XMLElement? {
        child.pointee.type == XML_ELEMENT_NODE ? XMLElement(tree: tree, pointer: child) : nil
    }

    /// The attributes in document order.
    package var attributes: [XMLAttribute] {
        var result: [XMLAttribute] = []
        var next = node.pointee.properties
        while let attribute = next {
            let namespace = attribute.pointee.ns.map { String(xml: $0.pointee.href) } ?? ""
            let value = XMLElement.value(of: attribute)
            result.append(XMLAttribute(name: String(xml: attribute.pointee.name), namespace: namespace, value: value))
            next = attribute.pointee.next
        }
        return result
    }

    /// The value of an attribute, by default without a namespace; `nil` if it is absent.
    package func attribute(_ local: String, namespace: String = "") -> String? {
        var next = node.pointee.properties
        while let attribute = next {
            if xmlStrEqual(attribute.pointee.name, local) == 1 {
                let own = attribute.pointee.ns.map { String(xml: $0.pointee.href) } ?? ""
                if own == namespace { return XMLElement.value(of: attribute) }
            }
            next = attribute.pointee.next
        }
        return nil
    }

    /// The value of the first attribute of this local name, in any namespace; `nil` if there is none.
    package func attribute(ofAnyNamespace local: String) -> String? {
        var next = node.pointee.properties
        while let attribute = next {
            if xmlStrEqual(attribute.pointee.name, local) == 1 { return XMLElement.value(of: attribute) }
            next = attribute.pointee.next
        }
        return nil
    }

    /// All character data inside, in document order and unchanged.
    package var text: String {
        var bytes: [UInt8] = []
        forEachText { content in bytes.append(contentsOf: content) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The namespace bound to a prefix here (`""` for the default namespace); `nil` if it is not declared.
    package func namespace(forPrefix prefix: String) -> String? {
        let found = prefix.isEmpty ? xmlSearchNs(tree.document, node, nil) : xmlSearchNs(tree.document, node, prefix)
        return found.map { String(xml: $0.pointee.href) }
    }

    /// Visits the character data inside, without recursion.
    func forEachText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let top = node
        var next = top.pointee.children
        while let current = next {
            if current.pointee.type != XML_ELEMENT_NODE, let content = current.pointee.content {
                body(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            }
            next = XMLElement.following(current, inside: top)
        }
    }

    /// The next node in document order inside `top`: the first child, or else the next sibling of it or of an ancestor.
    private static func following(_ node: xmlNodePtr, inside top: xmlNodePtr) -> xmlNodePtr? {
        if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children { return child }
        var current = node
        while current.pointee.next == nil {
            guard let parent = current.pointee.parent, parent != top else { return nil }
            current = parent
        }
        return current.pointee.next
    }

    private static func value(of attribute: xmlAttrPtr) -> String {
        guard let first = attribute.pointee.children else { return "" }
        if first.pointee.next == nil { return String(xml: first.pointee.content) }
        guard let joined = xmlNodeListGetString(attribute.pointee.doc, first, 1) else { return "" }
        defer { frontline_xml_free(joined) }
        return String(xml: joined)
    }
}
