package import Access
package import Customers
package import JSONRPC

/// On whose behalf and about whom a session asks something of another module.
package struct ScriptContact: Sendable {
    /// Who acted; resolutions are requested with this authority.
    package let principal: Principal
    /// The session.
    package let sessionID: String
    /// The script that the session began with.
    package let scriptID: String
    /// Who has the session; nil while it waits for somebody of the teams.
    package let agent: String?
    /// The teams of the session.
    package let teams: [String]
    /// The conversation it belongs to.
    package let conversationID: String?
    /// The customer.
    package let customerID: String?
    /// What is known of the customer.
    package let customer: JSONObject
}

/// What is known of a conversation when a session of it starts.
package struct ScriptConversation: Sendable {
    /// Who has it; nil while it waits for somebody of the teams.
    package let agent: String?
    /// The teams it belongs to.
    package let teams: [String]
    /// What is known of the customer, with its sources.
    package let customer: CustomerFacts
    /// Its language.
    package let locale: String?
    /// What texts and expressions call `conversation`.
    package let facts: JSONObject

    package init(agent: String?, teams: [String], customer: CustomerFacts, locale: String?, facts: JSONObject) {
        self.agent = agent
        self.teams = teams
        self.customer = customer
        self.locale = locale
        self.facts = facts
    }
}
