// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum SessionSignOut: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// Whether a session was ended; false for a token of `frontline token create`, which goes on counting elsewhere.
        public var ended: Bool

        public init(ended: Bool) { self.ended = ended }
    }

    public static let name = "session.sign_out"
    public static let summary =
        "Ends the caller's session on every connection; a barrier for what follows it on the connection"
    public static let details = """
        The connection has no caller afterwards. Of somebody who was signed in by a token of the issuer, no token counts any more that \
        was issued before.
        """
    public static let access = MethodAccess.authenticated
}
