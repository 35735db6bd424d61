package import Access
package import Conversations
package import Storage

/// Access to scripts, provided by the module that composes the services.
package protocol ScriptSource: Sendable {
    /// The scripts available to an agent, in a fixed order. It is called for every turn and must be fast.
    func scripts(for agent: Principal) async throws -> [FindableScript]
    /// The current step of the open script session of a conversation; nil if there is none.
    func openStep(ofConversation id: String, in transaction: ReadTransaction) throws -> OpenStep?
}

/// Access to resolutions, provided by the module that composes the services.
package protocol OfferSource: Sendable {
    /// What an agent could settle without approval among the resolutions of a script; nil if nothing, or if it is
    /// unknown.
    ///
    /// It does not grant or change anything.
    func offer(
        ofScript id: String,
        version: Int64?,
        in conversation: Conversation,
        by agent: Principal,
        now: Int64
    ) async throws -> Offer?
}

/// A source without scripts.
package struct NoScripts: ScriptSource {
    package init() {}
    package func scripts(for agent: Principal) throws -> [FindableScript] { [] }
    package func openStep(ofConversation id: String, in transaction: ReadTransaction) throws -> OpenStep? { nil }
}

/// A source without offers.
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
