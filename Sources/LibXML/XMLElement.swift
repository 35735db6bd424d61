import CLibXML2

/// An element of a parsed tree: a lightweight reference that keeps its tree alive.
///
/// Not `Sendable`: use a tree and its elements from one thread at a time. An element of a streamed record is valid
/// until the record's handler returns; later use traps instead of reading freed memory.
package struct XMLElement {
    let tree: XMLTree
    let pointer: xmlNodePtr
    private let generation: Int

    init(tree: XMLTree, pointer: xmlNodePtr) {
        self.tree = tree
        self.pointer = pointer
        self.generation = tree.generation
    }

    /// The libxml2 node, checked to be valid.
    var node: xmlNodePtr {
        precondition(generation == tree.generation, "an element of a streamed record was used after its record")
        return pointer
    }

    /// The local name.
    package var name: String { String(xml: node.pointee.name) }

    /// The namespace URI, empty if there is none.
    package var namespace: String { node.pointee.ns.map { String(xml: $0.pointee.href) } ?? "" }

    /// The name with its prefix, as written.
    var writtenName: String {
        guard let prefix = node.pointee.ns?.pointee.prefix else { return name }
        return String(xml: prefix) + ":" + name
    }

    /// The name with its namespace.
    package var qualifiedName: XMLName { XMLName(name, namespace: namespace) }

    /// The line on which its start tag begins, from 1.
    package var line: Int { Int(bitPattern: node.pointee._private) }

    /// The parent element, `nil` for the root.
    package var parent: XMLElement? {
        guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
        return XMLElement(tree: tree, pointer: parent)
    }

    /// Whether the element has this local name, and namespace, if one is given.
    package func isNamed(_ local: String, namespace: String? = nil) -> Bool {
        guard xmlStrEqual(node.pointee.name, local) == 1 else { return false }
        return namespace.map { $0 == self.namespace } ?? true
    }
}

extension XMLElement: Equatable {
    package static func == (left: XMLElement, right: XMLElement) -> Bool { left.pointer == right.pointer }
}

extension String {
    /// Creates the text of a null-terminated libxml2 string, which is valid UTF-8; empty for null.
    init(xml pointer: UnsafePointer<xmlChar>?) {
        guard let pointer else {
            self = ""
            return
        }
        self = String(cString: pointer)
    }
}

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

/// The name of an element: a local name, and optionally a namespace.
package struct XMLName: Hashable, Sendable, CustomStringConvertible {
    /// The local name.
    ///
    /// In the name of records it may end with `*`, which matches any further characters; `*` alone matches every child
    /// of the root.
    package var local: String
    /// The namespace; `nil` matches any, and `""` matches elements without a namespace.
    package var namespace: String?

    package init(_ local: String, namespace: String? = nil) {
        self.local = local
        self.namespace = namespace
    }

    /// `{namespace}local`, or the local name alone.
    package var description: String {
        guard let namespace, !namespace.isEmpty else { return local }
        return "{\(namespace)}\(local)"
    }
}
