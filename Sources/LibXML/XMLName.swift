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
