package import Access
import AuditTrail
import Customers
import Storage
package import Vocabulary

/// What a conversation is opened with.
package struct Opening: Sendable {
    /// Its id; known ones are not opened again.
    package var id: String
    /// The name by which the opener calls it: a conversation with this id that the opener may see is the one that is meant.
    package var name: String?
    package var channel: String
    /// Who will lead it; the caller, where that is an agent.
    package var agent: String?
    /// Who the customer is, with the member `id`.
    package var customer: JSONObject?
    package var locale: String?
    package var externalIDs: [String: String]
    package var continues: String?
    package var scriptID: String?
    package var tags: [String]
    package var onBehalfOf: String?

    package init(
        id: String,
        name: String? = nil,
        channel: String,
        agent: String? = nil,
        customer: JSONObject? = nil,
        locale: String? = nil,
        externalIDs: [String: String] = [:],
        continues: String? = nil,
        scriptID: String? = nil,
        tags: [String] = [],
        onBehalfOf: String? = nil
    ) {
        self.id = id
        self.name = name
        self.channel = channel
        self.agent = agent
        self.customer = customer
        self.locale = locale
        self.externalIDs = externalIDs
        self.continues = continues
        self.scriptID = scriptID
        self.tags = tags
        self.onBehalfOf = onBehalfOf
    }
}

extension ConversationStore {
    /// Opens a conversation, or answers the one that is known by this name already and leaves it as it is.
    ///
    /// An agent opens conversations of its own. Supervisors, integrations and admins open them for an agent; an
    /// integration that names none opens one that nobody leads yet.
    ///
    /// - Returns: the conversation as it is now.
    /// - Throws: ``ConversationError`` `forbidden` when an agent opens one for another; `notFound` when the id is that of
    ///   a conversation the caller may not see; `conflict` when an integration opens one that is another agent's or
    ///   another customer's; `invalid` for a customer without id.
    @discardableResult
    package func open(_ opening: Opening, by caller: Principal, now: Int64) async throws -> Conversation {
        try Self.check(onBehalfOf: opening.onBehalfOf, by: caller)
        let owner = try Self.owner(of: opening, opener: caller)
        let ownerTeams =
            if let owner { try await teams(of: owner, asSeenBy: caller) ?? caller.teams } else { [String]() }
        let profile = Profile(
            customer: try opening.customer.map { try learned($0, by: caller) },
            locale: opening.locale,
            externalIDs: CleanText.names(opening.externalIDs),
            continues: opening.continues,
            scriptID: opening.scriptID,
            tags: opening.tags.map { CleanText.redacted($0) }
        )
        return try await store.write { transaction in
            if let known = try known(opening, by: caller, in: transaction) {
                return try taught(known, opening.customer, by: caller, now: now, in: transaction)
            }
            let conversation = Conversation(
                id: opening.id,
                number: try Store.next("conversations", in: transaction),
                channel: opening.channel,
                agent: owner,
                teams: ownerTeams,
                profile: profile,
                openedAt: now
            )
            try ConversationRow.insert(conversation, in: transaction)
            let holding = Holding(
                agent: owner,
                teams: ownerTeams,
                since: now,
                givenBy: caller.subject,
                onBehalfOf: opening.onBehalfOf,
                reason: nil,
                note: nil
            )
            try HoldingTable.append(holding, to: conversation.number, in: transaction)
            try Self.audit("open", conversation, by: caller, onBehalfOf: opening.onBehalfOf, now: now, in: transaction)
            return conversation
        }
    }

    /// The conversation that is opened already.
    private func known(
        _ opening: Opening,
        by caller: Principal,
        in transaction: some SQLReading
    ) throws -> Conversation? {
        let visibility = ConversationVisibility(of: caller)
        if let name = opening.name, name != opening.id, let known = try ConversationRow.find(name, in: transaction),
            visibility.includes(known)
        {
            return known
        }
        guard let known = try ConversationRow.find(opening.id, in: transaction) else { return nil }
        guard visibility.includes(known) else { throw Self.notFound(opening.id) }
        if caller.holds(anyOf: [.integration]) { try checkSame(opening, as: known, in: transaction) }
        return known
    }

    /// Refuses to answer an integration with a conversation that is another than the one it opens.
    ///
    /// What it does not say is not compared. After a transfer the agent for whom it was opened is right as well, so that a
    /// repeated call is answered as before.
    private func checkSame(_ opening: Opening, as known: Conversation, in transaction: some SQLReading) throws {
        if let agent = opening.agent ?? opening.onBehalfOf, agent != known.agent,
            try HoldingTable.holdings(of: known.number, in: transaction).first?.agent != agent
        {
            let owner = known.agent.map { "“\($0)”" } ?? "nobody"
            throw ConversationError(
                .conflict,
                "the conversation “\(known.id)” exists and \(owner) leads it; transfer it, or open another",
                argument: "agent"
            )
        }
        if let customer = opening.customer?["id"]?.string, known.customerID.map({ form($0) }) != form(customer) {
            throw ConversationError(
                .conflict,
                "the conversation “\(known.id)” exists with another customer, or none; update it, or open another",
                argument: "customer.id"
            )
        }
    }

    private static func owner(of opening: Opening, opener: Principal) throws -> String? {
        if let agent = opening.agent {
            guard agent == opener.subject || opener.holds(anyOf: [.supervisor, .integration]) else {
                throw ConversationError(.forbidden, "an agent opens conversations of its own", argument: "agent")
            }
            return agent
        }
        if let subject = opening.onBehalfOf { return subject }
        return opener.holds(anyOf: [.agent, .supervisor]) ? opener.subject : nil
    }

    /// The teams of an agent; nil for one whom nobody knows.
    func teams(of agent: String, asSeenBy caller: Principal) async throws -> [String]? {
        agent == caller.subject ? caller.teams : try await teams(agent)
    }

    /// Seals in the audit log that somebody did something with a conversation; `text` is what the caller wrote.
    static func audit(
        _ verb: String,
        _ conversation: Conversation,
        by caller: Principal,
        onBehalfOf subject: String?,
        text: String? = nil,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let event = AuditEvent(
            actor: caller.auditActor,
            onBehalfOf: subject,
            action: "conversation.\(verb)",
            target: conversation.id,
            text: text
        )
        try AuditLog.append([event], at: now, in: transaction)
    }
}
