import Access

/// What a request comes with: its connection, and who was calling when it was received.
///
/// The principal travels with the request from the gate to its handler. A connection may sign in anew while requests are
/// under way; none of them changes hands by it.
package struct RequestContext: Sendable {
    /// The connection.
    let session: Session
    /// Whom the gate let through; nil before it, and for methods that anyone may call.
    let principal: Principal?

    /// What a connection brings before the gate has looked at a request.
    package init(session: Session) {
        self.session = session
        principal = nil
    }

    private init(session: Session, principal: Principal) {
        self.session = session
        self.principal = principal
    }

    /// The same request, let through for a principal.
    func admitted(as principal: Principal) -> RequestContext {
        RequestContext(session: session, principal: principal)
    }
}
