package import Alerts
package import Resolution
package import Scripting
package import Storage
package import Texts
package import Vocabulary

/// Where the outside is told of what happened, in the forms that it knows.
package protocol EventOutlet: Sendable {
    /// A request, as events of its conversation and the scripts that wait for it have it.
    func data(of grant: Grant) async throws -> JSON

    /// The same inside a transaction.
    func data(of grant: Grant, in transaction: WriteTransaction) throws -> JSON

    /// A session, as events of its conversation have it.
    func data(of session: ScriptSession) throws -> JSON

    /// An alert, as events of its conversation have it, in these texts; for nil in those of the conversation.
    func data(of alert: Alert, in texts: TextSet?) throws -> JSON

    /// What a supervisor said about an alert, as events of its conversation have it.
    func data(of reply: Alert.Reply, to alert: Alert) throws -> JSON

    /// Counts an event that is committed.
    func count(_ event: DomainEvent)

    /// Logs that what follows a committed event could not be done now.
    func report(_ error: any Error, after event: DomainEvent)
}
