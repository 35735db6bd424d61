package import Customers
package import Vocabulary

/// A conversation as its row has it: everything but its turns, at a cost that does not depend on how many there are.
package struct Conversation: Sendable, Hashable {
    /// Its name.
    package let id: String
    /// Its place in the order of opening, from 1.
    package let number: Int64
    /// Where it takes place, such as `phone` or `chat`.
    package let channel: String
    /// Who leads it; nil while it waits for somebody of its teams.
    package internal(set) var agent: String?
    /// The teams it belongs to.
    package internal(set) var teams: [String]
    /// What may change while it goes on.
    package internal(set) var profile: Profile
    /// When it was opened, in microseconds since 1970.
    package let openedAt: Int64
    /// When it was closed, in microseconds since 1970; nil while it is open.
    package internal(set) var closedAt: Int64?
    /// When something last happened in it, in microseconds since 1970.
    package internal(set) var lastAt: Int64
    /// How it ended.
    package internal(set) var disposition: Disposition?
    /// How many turns it has.
    package internal(set) var turns: Int64
    /// How often one of its turns was replaced by another wording.
    package internal(set) var revision: Int64 = 0
    /// How the customer feels.
    package internal(set) var mood: Mood
    /// What it has been about.
    package internal(set) var summary: RunningSummary
    /// Whether its transcript was deleted, after the time for which transcripts are kept or on the customer's wish.
    package internal(set) var isForgotten: Bool

    /// Whether turns may be added.
    package var isOpen: Bool { closedAt == nil }
    /// Who the customer is, with the member `id`: at the top what a system says, under `stated` what an agent says.
    ///
    /// Texts in it are redacted.
    package var customer: JSONObject? { profile.customer?.view }
    /// What is known of the customer, with its sources.
    package var customerFacts: CustomerFacts { profile.customer ?? CustomerFacts() }
    /// The customer's id, as it was given.
    package var customerID: String? { profile.customer?.id }
    /// The customer's id, as it is compared.
    package var customerKey: String? { profile.customer?.key }
    /// Its language.
    package var locale: String? { profile.locale }
    /// Its names in other systems.
    package var externalIDs: [String: String] { profile.externalIDs }
    /// The conversation that it continues.
    package var continues: String? { profile.continues }
    /// The script it was opened with.
    package var scriptID: String? { profile.scriptID }
    /// Its tags.
    package var tags: [String] { profile.tags }

    /// How long it has lasted, or did last, in seconds.
    package func seconds(at now: Int64) -> Int64 { max(0, (closedAt ?? now) - openedAt) / 1_000_000 }
}

extension Conversation {
    /// A conversation in which nothing has been said.
    package init(
        id: String,
        number: Int64 = 1,
        channel: String,
        agent: String? = nil,
        teams: [String] = [],
        profile: Profile? = nil,
        openedAt: Int64
    ) {
        self.init(
            id: id,
            number: number,
            channel: channel,
            agent: agent,
            teams: teams,
            profile: profile ?? Profile(externalIDs: [:], tags: []),
            openedAt: openedAt,
            lastAt: openedAt,
            turns: 0,
            mood: Mood(),
            summary: RunningSummary(),
            isForgotten: false
        )
    }
}

/// What is known about a conversation beside what is said in it.
package struct Profile: Codable, Sendable, Hashable {
    var customer: CustomerFacts?
    var locale: String?
    var externalIDs: [String: String]
    var continues: String?
    var scriptID: String?
    var tags: [String]

    private enum CodingKeys: String, CodingKey {
        case customer = "customer_facts"
        case locale
        case externalIDs = "external_ids"
        case continues
        case scriptID = "script_id"
        case tags
    }
}

extension Profile {
    /// What an earlier release kept of a customer, which says of no fact where it comes from.
    private enum EarlierKeys: String, CodingKey {
        case customer
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let earlier = try decoder.container(keyedBy: EarlierKeys.self)
        let unsourced = try earlier.decodeIfPresent(JSON.self, forKey: .customer)?.object
        customer =
            try values.decodeIfPresent(CustomerFacts.self, forKey: .customer)
            ?? unsourced.map { CustomerFacts(unsourced: $0, comparedBy: CanonicalForm()) }
        locale = try values.decodeIfPresent(String.self, forKey: .locale)
        externalIDs = try values.decode([String: String].self, forKey: .externalIDs)
        continues = try values.decodeIfPresent(String.self, forKey: .continues)
        scriptID = try values.decodeIfPresent(String.self, forKey: .scriptID)
        tags = try values.decode([String].self, forKey: .tags)
    }
}

/// How a contact ended.
package struct Disposition: Codable, Sendable, Hashable {
    /// The kind of ending, as the contact centre names it.
    package var code: String
    /// Whether the customer's concern was settled.
    package var resolved: Bool?
    /// What the agent wrote, redacted.
    package var note: String?

    package init(code: String, resolved: Bool? = nil, note: String? = nil) {
        self.code = code
        self.resolved = resolved
        self.note = note
    }
}

/// Who led a conversation from when on.
package struct Holding: Sendable, Hashable {
    /// The agent; nil while it waited for somebody of its teams.
    package let agent: String?
    package let teams: [String]
    /// Since when, in microseconds since 1970.
    package let since: Int64
    /// Who opened or transferred it.
    package let givenBy: String
    /// The subject for whom an integration did.
    package let onBehalfOf: String?
    /// Why it was transferred, redacted.
    package let reason: String?
    /// What the next agent was told, redacted.
    package let note: String?
}

/// Somebody who has spoken in a conversation.
package struct Participant: Sendable, Hashable {
    package let speaker: Speaker
    /// Which of them, where several of a kind take part.
    package let speakerID: String?
    /// How many turns they took.
    package let turns: Int64
}
