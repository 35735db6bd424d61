package import Access
package import Conversations
package import Storage

/// What is needed to know of scripts; connected where the services are put together.
package protocol ScriptSource: Sendable {
    /// The scripts that an agent would get, in a fixed order; called for each turn, so quick.
    func scripts(for agent: Principal) throws -> [FindableScript]
    /// Where the open script session of a conversation stands; nil without one.
    func openStep(ofConversation id: String, in transaction: ReadTransaction) throws -> OpenStep?
}

/// What is needed to know of resolutions; connected where the services are put together.
package protocol OfferSource: Sendable {
    /// What an agent could settle at once of what a script resolves; nil when nothing, or when it is not known.
    ///
    /// Grants nothing and changes nothing.
    func offer(
        ofScript id: String,
        version: Int64?,
        in conversation: Conversation,
        by agent: Principal,
        now: Int64
    ) throws -> Offer?
}

/// Stands where there are no scripts.
package struct NoScripts: ScriptSource {
    package init() {}
    package func scripts(for agent: Principal) throws -> [FindableScript] { [] }
    package func openStep(ofConversation id: String, in transaction: ReadTransaction) throws -> OpenStep? { nil }
}

/// Stands where nothing can be settled.
package struct NoOffers: OfferSource {
    package init() {}
    package func offer(
        ofScript id: String,
        version: Int64?,
        in conversation: Conversation,
        by agent: Principal,
        now: Int64
    ) throws -> Offer? { nil }
}
