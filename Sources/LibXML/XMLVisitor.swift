import CLibXML2

/// Sees the inside of an element in document order, without a tree of strings being built.
package protocol XMLVisitor {
    /// An element begins; answer `false` to pass over what is inside (it then does not end either).
    mutating func enter(_ element: XMLElement) -> Bool
    /// Character data with entities replaced, as UTF-8; valid during the call.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// An element that was entered ends.
    mutating func leave(_ element: XMLElement)
}

extension XMLElement {
    /// Shows the children to the visitor, to any depth and without recursion; the element itself is not entered.
    package func visit<Visitor: XMLVisitor>(_ visitor: inout Visitor) {
        let top = node
        guard var current = top.pointee.children else { return }
        while true {
            if current.pointee.type == XML_ELEMENT_NODE {
                let element = XMLElement(tree: tree, pointer: current)
                if visitor.enter(element) {
                    if let child = current.pointee.children {
                        current = child
                        continue
                    }
                    visitor.leave(element)
                }
            } else if let content = current.pointee.content, current.pointee.type != XML_COMMENT_NODE,
                current.pointee.type != XML_PI_NODE
            {
                visitor.text(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            }
            while current.pointee.next == nil {
                guard let parent = current.pointee.parent, parent != top else { return }
                current = parent
                visitor.leave(XMLElement(tree: tree, pointer: current))
            }
            guard let next = current.pointee.next else { return }
            current = next
        }
    }
}
