import CLibXML2

/// An element of a parsed tree: a light reference that keeps its tree alive.
///
/// Not `Sendable`: a tree and all its elements belong to one thread at a time. An element of a streamed record is
/// valid until the record's handler returns; using it later stops the program instead of reading freed memory.
package struct XMLElement {
    let tree: XMLTree
    let pointer: xmlNodePtr
    private let generation: Int

    init(tree: XMLTree, pointer: xmlNodePtr) {
        self.tree = tree
        self.pointer = pointer
        self.generation = tree.generation
    }

    /// The libxml2 node, checked to be alive.
    var node: xmlNodePtr {
        precondition(generation == tree.generation, "an element of a streamed record was used after its record")
        return pointer
    }

    /// The name without prefix.
    package var name: String { String(xml: node.pointee.name) }

    /// The namespace URI, empty for none.
    package var namespace: String { node.pointee.ns.map { String(xml: $0.pointee.href) } ?? "" }

    /// The name with its prefix, as it is written.
    var writtenName: String {
        guard let prefix = node.pointee.ns?.pointee.prefix else { return name }
        return String(xml: prefix) + ":" + name
    }

    /// The name with its namespace.
    package var qualifiedName: XMLName { XMLName(name, namespace: namespace) }

    /// The line its start tag begins on, counted from 1.
    package var line: Int { Int(bitPattern: node.pointee._private) }

    /// The element around it, `nil` for the root.
    package var parent: XMLElement? {
        guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
        return XMLElement(tree: tree, pointer: parent)
    }

    /// Whether the element has this local name, and this namespace where one is given.
    package func isNamed(_ local: String, namespace: String? = nil) -> Bool {
        guard xmlStrEqual(node.pointee.name, local) == 1 else { return false }
        return namespace.map { $0 == self.namespace } ?? true
    }
}

extension XMLElement: Equatable {
    package static func == (left: XMLElement, right: XMLElement) -> Bool { left.pointer == right.pointer }
}

extension String {
    /// The text of a zero-terminated libxml2 string, which is valid UTF-8; empty for null.
    init(xml pointer: UnsafePointer<xmlChar>?) {
        guard let pointer else {
            self = ""
            return
        }
        self = String(cString: pointer)
    }
}
