package import Storage

/// What a call for help needs to know of a conversation.
package struct Contact: Sendable, Hashable {
    /// The conversation.
    package var conversationID: String
    /// Whether it still goes on.
    package var isOpen: Bool
    /// The agent who owns it.
    package var agent: String?
    /// The teams whose supervisors see its alerts.
    package var teams: [String]
    /// The customer.
    package var customerID: String?
    /// The customer's segment.
    package var segment: String?
    /// What it is about, redacted.
    package var summary: String?

    /// Puts the facts together.
    package init(
        conversationID: String,
        isOpen: Bool = true,
        agent: String? = nil,
        teams: [String] = [],
        customerID: String? = nil,
        segment: String? = nil,
        summary: String? = nil
    ) {
        self.conversationID = conversationID
        self.isOpen = isOpen
        self.agent = agent
        self.teams = teams
        self.customerID = customerID
        self.segment = segment
        self.summary = summary
    }
}

/// Where the alerts ask for conversations, which are kept elsewhere.
package protocol ContactDirectory: Sendable {
    /// A conversation; nil when there is none of this name.
    func contact(_ conversationID: String, in transaction: some SQLReading) throws -> Contact?
}
