package import Access
package import Alerts
package import Conversations
package import Customers
package import Policies
package import Resolution
package import Scripting
package import Storage
package import WorkItems

/// What a transaction of one capability sets off in the others: in the same transaction, and after its commit.
///
/// The capabilities that this type vends run their transactions through it. The events that a transaction returns are applied
/// before the commit, in the order in which they happened, each as ``apply(_:in:)`` says. A failure there rolls the
/// transaction back. What follows a commit is done before the call returns and can't fail it.
///
/// This is a value: ports that lead back here hold a copy of it, so that nothing has to be connected later.
///
/// ## Topics
/// - ``conversations``, ``authority``, ``scripts``, ``work``, ``alertTransactions``
/// - ``apply(_:in:)``
/// - ``follow(_:)``
package struct Consequences: Sendable {
    package let store: Store
    let tokens: TokenRegistry
    let policies: PolicyStore
    let alerts: AlertDesk
    /// The conversations, the ledger and the desk of work as they stand alone.
    let lone: (conversations: ConversationStore, authority: AuthorityLedger, work: WorkDesk)
    let catalog: ScriptCatalog
    let secrets = SecretKeeper()
    let idleSeconds: Int
    let form: CanonicalForm
    let day: SpokenDay
    let meaning: (any MeaningPort)?
    let isTeam: @Sendable (String, WriteTransaction) throws -> Bool
    let outlet: any EventOutlet
    let now: @Sendable () -> Int64

    /// Puts together what happens between capabilities over one store.
    ///
    /// - Parameters:
    ///   - store: where all of them keep what they have.
    ///   - tokens: who may do what.
    ///   - policies: the decision models.
    ///   - alerts: the alerts.
    ///   - conversations: the conversations as they stand alone.
    ///   - authority: the ledger as it stands alone.
    ///   - work: the desk of work as it stands alone.
    ///   - catalog: the scripts.
    ///   - idleSeconds: seconds without a call after which a script session ends; 0 for never.
    ///   - form: how ids of customers are compared.
    ///   - timeZone: the name of the time zone in which days begin.
    ///   - meaning: compares sentences by meaning; nil without an encoder.
    ///   - isTeam: whether there is a team of this name.
    ///   - outlet: where the outside is told.
    ///   - now: the clock, in microseconds since 1970.
    package init(
        store: Store,
        tokens: TokenRegistry,
        policies: PolicyStore,
        alerts: AlertDesk,
        conversations: ConversationStore,
        authority: AuthorityLedger,
        work: WorkDesk,
        catalog: ScriptCatalog,
        idleSeconds: Int,
        form: CanonicalForm,
        timeZone: String = "UTC",
        meaning: (any MeaningPort)? = nil,
        isTeam: @escaping @Sendable (String, WriteTransaction) throws -> Bool,
        outlet: any EventOutlet,
        now: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.tokens = tokens
        self.policies = policies
        self.alerts = alerts
        lone = (conversations, authority, work)
        self.catalog = catalog
        self.idleSeconds = idleSeconds
        self.form = form
        day = SpokenDay(timeZone: timeZone)
        self.meaning = meaning
        self.isTeam = isTeam
        self.outlet = outlet
        self.now = now
    }

    /// The conversations, with what their transfers and ends set off.
    package var conversations: ConversationStore {
        lone.conversations.running(in: AppliedTransactions(consequences: self, event: DomainEvent.conversation))
    }

    /// The ledger, with what becomes of its requests elsewhere.
    package var authority: AuthorityLedger {
        lone.authority.running(in: AppliedTransactions(consequences: self, event: DomainEvent.grant))
    }

    /// The script sessions, with what their steps set off.
    package var scripts: ScriptDesk {
        ScriptDesk(
            store: store,
            catalog: catalog,
            ports: ScriptPorts(self),
            idleSeconds: idleSeconds,
            form: form,
            day: day,
            secrets: secrets,
            transactions: AppliedTransactions(consequences: self, event: DomainEvent.session)
        )
    }

    /// Transactions in which alerts are raised or answered that their conversation is told of.
    package var alertTransactions: any Transactions<AlertDomainEvent> {
        AppliedTransactions(consequences: self, event: DomainEvent.alert)
    }
}

/// The transactions of one capability, whose events are applied.
struct AppliedTransactions<Event: Sendable>: Transactions {
    let consequences: Consequences
    let event: @Sendable (Event) -> DomainEvent

    func write<Value: Sendable>(
        durability: Store.Durability,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, Event>
    ) async throws -> Value {
        let made = try await consequences.store.write(durability: durability) { [self] transaction in
            let made = try body(transaction)
            let events = made.events.map(event)
            try consequences.apply(events, in: transaction)
            return Eventful(made.value, events)
        }
        await consequences.follow(made.events)
        return made.value
    }
}
