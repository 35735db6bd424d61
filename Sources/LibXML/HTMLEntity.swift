import CLibXML2

/// The named characters of HTML.
package enum HTMLEntity {
    /// The character of a name such as `nbsp`, without `&` and `;`; `nil` for a name not defined in HTML 4.
    package static func scalar(named name: String) -> Unicode.Scalar? {
        guard let known = htmlEntityLookup(name) else { return nil }
        return Unicode.Scalar(known.pointee.value)
    }
}
