/// What becomes of a request that concerns others: approvers, its conversation, the scripts that wait for it.
package enum GrantDomainEvent: Sendable {
    /// It waits for approval, since a time in microseconds since 1970.
    case pending(Grant, at: Int64)
    /// It was decided, withdrawn or settled, or it has expired.
    case changed(Grant, at: Int64)

    /// The request as it is now.
    package var grant: Grant {
        switch self {
        case .pending(let grant, _), .changed(let grant, _): grant
        }
    }
}
