import CLibXML2

/// Visits the content of an element in document order, without building a tree of strings.
package protocol XMLVisitor {
    /// Called when an element begins; return `false` to skip its content, in which case `leave` is not called either.
    mutating func enter(_ element: XMLElement) -> Bool
    /// Called with character data in UTF-8 with entities expanded, which is valid during the call.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// Called when an entered element ends.
    mutating func leave(_ element: XMLElement)
}

extension XMLElement {
    /// Visits all descendants, without recursion and not including the element itself.
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
