package import Access
package import FrontlineProtocol

extension FrontlineProtocol.AttributeValue {
    /// An attribute in the wire format.
    package init(_ value: Access.AttributeValue) {
        switch value {
        case .one(let text): self = .one(text)
        case .many(let texts): self = .many(texts)
        }
    }
}
