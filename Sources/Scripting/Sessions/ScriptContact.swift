package import Access
package import Customers
package import Vocabulary

/// The actor and the subject of a session's request to another module.
package struct ScriptContact: Sendable {
    /// The person acting, with whose authority resolutions are requested.
    package let principal: Principal
    /// The id of the session.
    package let sessionID: String
    /// The script that the session began with.
    package let scriptID: String
    /// The owner of the session; nil while it waits for a member of the teams.
    package let agent: String?
    /// The teams of the session.
    package let teams: [String]
    /// The id of the session's conversation.
    package let conversationID: String?
    /// The id of the customer.
    package let customerID: String?
    /// The known facts about the customer.
    package let customer: JSONObject
}

/// The facts about a conversation when a session for it starts.
package struct ScriptConversation: Sendable {
    /// The owner; nil while it waits for a member of the teams.
    package let agent: String?
    /// The teams of the conversation.
    package let teams: [String]
    /// The known facts about the customer, by source.
    package let customer: CustomerFacts
    /// Its language.
    package let locale: String?
    /// The object that texts and expressions see as `conversation`.
    package let facts: JSONObject

    package init(agent: String?, teams: [String], customer: CustomerFacts, locale: String?, facts: JSONObject) {
        self.agent = agent
        self.teams = teams
        self.customer = customer
        self.locale = locale
        self.facts = facts
    }
}
