/// The name of an element: a local name, and a namespace where it matters.
package struct XMLName: Hashable, Sendable, CustomStringConvertible {
    /// As a record's name it may end in `*`, which stands for any further characters; `*` alone means every child of
    /// the root.
    package var local: String
    /// `nil` matches any namespace, `""` only none.
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
