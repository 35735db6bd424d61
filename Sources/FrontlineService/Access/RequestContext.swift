import Access
import FrontlineProtocol
import JSONRPC

/// The context of a request: its connection, and the caller at the time it was received.
///
/// The principal travels with the request from the gate to its handler. If a connection authenticates again while
/// requests are running, these keep their caller.
package struct RequestContext: Sendable {
    /// The connection.
    let session: Session
    /// The caller admitted by the gate; nil before that, and for methods that anyone may call.
    let caller: Result<Principal, RPCError>
    /// The caller that the gate admitted; nil before it, and for methods that anyone may call.
    let principal: Principal?
    /// Who the caller was a short while ago, where the store cannot be asked now; only for what changes nothing.
    let remembered: Principal?

    /// Creates the context of a request before it has passed the gate.
    package init(session: Session) {
        self.init(session: session, caller: .failure(RPCError(.unauthenticated)), principal: nil)
    }

    private init(
        session: Session,
        caller: Result<Principal, RPCError>,
        principal: Principal?,
        remembered: Principal? = nil
    ) {
        (self.session, self.caller, self.principal, self.remembered) = (session, caller, principal, remembered)
    }

    /// The same context with the current caller.
    func prepared(now: Int64) async -> RequestContext {
        do throws(RPCError) {
            let principal = try await session.principal(now: now)
            return RequestContext(session: session, caller: .success(principal), principal: nil)
        } catch {
            let remembered = error.code == RPCErrorDefinition.unavailable.code ? session.remembered(now: now) : nil
            return RequestContext(session: session, caller: .failure(error), principal: nil, remembered: remembered)
        }
    }

    /// The context after a principal has been admitted.
    func admitted(as principal: Principal) -> RequestContext {
        RequestContext(session: session, caller: caller, principal: principal)
    }
}
