package import Access
import AuditTrail
package import JSONRPC
import Storage

/// What a conversation is opened with.
package struct Opening: Sendable {
    /// Its name; known ones are not opened again.
    package var id: String
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
    /// Opens a conversation, or answers the one that has this name already and leaves it as it is.
    ///
    /// An agent opens conversations of its own. Supervisors, integrations and admins open them for an agent; an
    /// integration that names none opens one that nobody leads yet.
    ///
    /// - Returns: the conversation as it is now.
    /// - Throws: ``ConversationError`` `forbidden` when an agent opens one for another; `notFound` when the name is that
    ///   of a conversation the caller may not see; `invalid` for a customer without id.
    @discardableResult
    package func open(_ opening: Opening, by caller: Principal, now: Int64) async throws -> Conversation {
        try Self.check(onBehalfOf: opening.onBehalfOf, by: caller)
        let owner = try Self.owner(of: opening, opener: caller)
        let ownerTeams = try teams(of: owner, asSeenBy: caller)
        let profile = Profile(
            customer: try opening.customer.map { .object(try Self.customer($0)) },
            locale: opening.locale,
            externalIDs: CleanText.names(opening.externalIDs),
            continues: opening.continues,
            scriptID: opening.scriptID,
            tags: opening.tags.map { CleanText.redacted($0) }
        )
        return try await store.write { transaction in
            if let known = try ConversationRow.find(opening.id, in: transaction) {
                guard ConversationVisibility(of: caller).includes(known) else { throw Self.notFound(opening.id) }
                return known
            }
            let conversation = Conversation(
                id: opening.id,
                number: try Store.next("conversations", in: transaction),
                channel: opening.channel,
                agent: owner,
                teams: ownerTeams,
                profile: profile,
                openedAt: now,
                lastAt: now,
                turns: 0,
                mood: Mood(),
                summary: RunningSummary(),
                isForgotten: false
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

    /// The teams of whoever will lead a conversation.
    func teams(of agent: String?, asSeenBy caller: Principal) throws -> [String] {
        guard let agent else { return [] }
        return agent == caller.subject ? caller.teams : try teams(agent)
    }

    /// A customer fit to be stored.
    static func customer(_ object: JSONObject) throws -> JSONObject {
        guard let id = object["id"]?.string, !id.isEmpty else {
            throw ConversationError(.invalid, "a customer has an `id` that is a string", argument: "customer.id")
        }
        guard id.utf8.count <= maximumCustomerID, CleanText.isPrintable(id) else {
            throw ConversationError(
                .invalid,
                "a customer's id has at most \(maximumCustomerID) bytes and no control characters",
                argument: "customer.id"
            )
        }
        let cleaned = CleanText.customer(object)
        guard JSON.object(cleaned).serialized().count <= maximumCustomer else {
            throw ConversationError(
                .invalid,
                "what is known of a customer has at most \(maximumCustomer) bytes",
                argument: "customer"
            )
        }
        return cleaned
    }

    private static let maximumCustomerID = 200
    private static let maximumCustomer = 16_384

    /// Seals in the audit log that somebody did something with a conversation.
    static func audit(
        _ verb: String,
        _ conversation: Conversation,
        by caller: Principal,
        onBehalfOf subject: String?,
        details: String? = nil,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let behalf = subject.map { "on behalf of \($0)" }
        let parts = [behalf, details].compactMap(\.self)
        let event = AuditEvent(
            actor: caller.subject,
            action: "conversation.\(verb)",
            target: conversation.id,
            details: parts.isEmpty ? nil : parts.joined(separator: "; ")
        )
        try AuditLog.append([event], at: now, in: transaction)
    }
}
