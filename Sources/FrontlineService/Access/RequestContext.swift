import Access

/// The context of a request: its connection, and the caller at the time it was received.
///
/// The principal travels with the request from the gate to its handler. If a connection authenticates again while
/// requests are running, these keep their caller.
package struct RequestContext: Sendable {
    /// The connection.
    let session: Session
    /// The caller admitted by the gate; nil before that, and for methods that anyone may call.
    let principal: Principal?

    /// Creates the context of a request before it has passed the gate.
    package init(session: Session) {
        self.session = session
        principal = nil
    }

    private init(session: Session, principal: Principal) {
        self.session = session
        self.principal = principal
    }

    /// The context after a principal has been admitted.
    func admitted(as principal: Principal) -> RequestContext {
        RequestContext(session: session, principal: principal)
    }
}
