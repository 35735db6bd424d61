import CLibXML2

/// The characters that HTML has names for.
package enum HTMLEntity {
    /// The character of a name such as `nbsp`, without `&` and `;`; `nil` for a name that HTML 4 does not know.
    package static func scalar(named name: String) -> Unicode.Scalar? {
        guard let known = htmlEntityLookup(name) else { return nil }
        return Unicode.Scalar(known.pointee.value)
    }
}
