/// The revisions of the Model Context Protocol that are spoken.
///
/// They are of two eras: since 2026-07-28 every request says which revision it is in and nothing else is remembered; before, a
/// client began with `initialize`. Both are served side by side.
package enum ContextRevision: String, Sendable, CaseIterable {
    /// Without sessions: the version and the client's capabilities are in the `_meta` of each request.
    case stateless = "2026-07-28"
    /// With a handshake.
    case handshake = "2025-11-25"

    /// The names of all revisions, the newest first.
    package static var names: [String] { allCases.map(\.rawValue) }
}

/// Members of `_meta` that the protocol reserves.
enum ContextMeta {
    static let version = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    static let server = "io.modelcontextprotocol/serverInfo"
}
