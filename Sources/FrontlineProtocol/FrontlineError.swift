public import JSONRPC

/// The application's own errors, numbered from 1001.
///
/// A refusal by a business rule is not an error but a result.
extension RPCErrorDefinition {
    /// The connection has not authenticated, or its token no longer counts.
    public static let unauthenticated = RPCErrorDefinition(
        code: 1001,
        name: "unauthenticated",
        summary: "Authenticate first: the token is missing, unknown, expired or revoked"
    )
    /// The caller's roles or authority do not allow this.
    public static let forbidden = RPCErrorDefinition(code: 1002, name: "forbidden", summary: "Not allowed")
    /// There is no such thing, or the caller may not see it.
    public static let notFound = RPCErrorDefinition(code: 1003, name: "not_found", summary: "Not found")
    /// The thing has changed meanwhile, or the call contradicts its state.
    public static let conflict = RPCErrorDefinition(code: 1004, name: "conflict", summary: "Conflict")
    /// The caller sends more than it may.
    public static let rateLimited = RPCErrorDefinition(code: 1005, name: "rate_limited", summary: "Too many requests")
    /// The server is at one of its limits; nothing was done.
    public static let busy = RPCErrorDefinition(code: 1006, name: "busy", summary: "The server is busy")
    /// A part of the server cannot work at the moment.
    public static let unavailable = RPCErrorDefinition(code: 1007, name: "unavailable", summary: "Unavailable")

    /// The application's errors in the order of their numbers.
    public static let frontline = [unauthenticated, forbidden, notFound, conflict, rateLimited, busy, unavailable]
}
