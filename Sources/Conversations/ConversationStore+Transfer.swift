package import Access
import Storage
import Vocabulary

/// To whom a conversation goes, and why.
package struct Transfer: Sendable {
    package var conversationID: String
    /// Who will lead it; nil when it waits for somebody of the team.
    package var agent: String?
    /// The team it goes to; the agent's own unless given.
    package var team: String?
    package var reason: String
    /// What the next agent should know.
    package var note: String?
    package var onBehalfOf: String?

    package init(
        conversationID: String,
        agent: String? = nil,
        team: String? = nil,
        reason: String,
        note: String? = nil,
        onBehalfOf: String? = nil
    ) {
        self.conversationID = conversationID
        self.agent = agent
        self.team = team
        self.reason = reason
        self.note = note
        self.onBehalfOf = onBehalfOf
    }
}

extension ConversationStore {
    /// Hands a conversation over to an agent, or to a team whose members then see it waiting.
    ///
    /// The note and the running summary reach the next agent in the event `transferred`. An agent takes a waiting
    /// conversation by transferring it to itself. A transfer to the one who leads it already changes nothing.
    ///
    /// A team must exist, and be one of the agent's where both are named: nobody takes a conversation out of the sight of
    /// its supervisors by inventing a team.
    ///
    /// - Throws: ``ConversationError`` `notFound`; `conflict` when it is closed; `invalid` when neither an agent nor a team
    ///   is named, and for a team that does not exist or is not the agent's.
    @discardableResult
    package func transfer(_ transfer: Transfer, by caller: Principal, now: Int64) async throws -> Conversation {
        try Self.check(onBehalfOf: transfer.onBehalfOf, by: caller)
        guard transfer.agent != nil || transfer.team != nil else {
            throw ConversationError(.invalid, "an `agent` or a `team`", argument: "to")
        }
        let known: [String]? =
            if let agent = transfer.agent { try await teams(of: agent, asSeenBy: caller) } else { nil }
        if let team = transfer.team { try await check(team, isOf: transfer.agent, among: known) }
        return try await transactions.write { transaction in
            let id = transfer.conversationID
            let before = try changeable(id, by: ConversationVisibility(of: caller), in: transaction)
            guard before.isOpen else {
                throw ConversationError(.conflict, "the conversation “\(id)” is closed", argument: "conversation_id")
            }
            var after = before
            after.agent = transfer.agent
            after.teams = transfer.team.map { [$0] } ?? known.flatMap { $0.isEmpty ? nil : $0 } ?? before.teams
            guard after.agent != before.agent || after.teams != before.teams else { return Eventful(before) }
            after.lastAt = max(before.lastAt, now)
            try Self.write(transfer, from: before, to: after, by: caller, now: now, in: transaction)
            return Eventful(after, [.transferred(after, from: before.agent, by: caller.subject, at: now)])
        }
    }

    /// Refuses a team that does not exist, or is not one of the agent's.
    ///
    /// - Parameters:
    ///   - team: where the conversation is to go.
    ///   - agent: who is to lead it.
    ///   - known: the agent's teams; nil without an agent, and for one whom nobody knows.
    /// - Throws: ``ConversationError`` `invalid`.
    private func check(_ team: String, isOf agent: String?, among known: [String]?) async throws {
        if let known, let agent {
            guard known.contains(team) else {
                let names = known.isEmpty ? "none" : known.map { "“\($0)”" }.joined(separator: ", ")
                throw ConversationError(
                    .invalid,
                    "one of the teams of “\(agent)”, which are: \(names)",
                    argument: "to.team"
                )
            }
        } else if try await !isTeam(team) {
            throw ConversationError(
                .invalid,
                "a team that a token or the option `teams` names; “\(team)” is none",
                argument: "to.team"
            )
        }
    }

    private static func write(
        _ transfer: Transfer,
        from before: Conversation,
        to after: Conversation,
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let holding = Holding(
            agent: after.agent,
            teams: after.teams,
            since: now,
            givenBy: caller.subject,
            onBehalfOf: transfer.onBehalfOf,
            reason: CleanText.redacted(transfer.reason),
            note: transfer.note.map { CleanText.redacted($0) }
        )
        try ConversationRow.updateOwner(after, in: transaction)
        try HoldingTable.append(holding, to: after.number, in: transaction)
        try log(
            .transferred,
            of: after,
            data: data(of: holding, from: before, summary: after.summary.text),
            others: (before.agent.map { [$0] } ?? [], before.teams),
            at: now,
            in: transaction
        )
        try audit(
            "transfer",
            after,
            by: caller,
            onBehalfOf: transfer.onBehalfOf,
            text: holding.reason,
            now: now,
            in: transaction
        )
    }

    private static func data(of holding: Holding, from before: Conversation, summary: String?) -> JSON {
        var data = JSONObject(
            dictionaryLiteral: ("from", side(before.agent, before.teams)),
            ("to", side(holding.agent, holding.teams))
        )
        data["reason"] = holding.reason.map(JSON.string)
        data["note"] = holding.note.map(JSON.string)
        data["summary"] = summary.map(JSON.string)
        return .object(data)
    }

    private static func side(_ agent: String?, _ teams: [String]) -> JSON {
        var side = JSONObject()
        side["agent"] = agent.map(JSON.string)
        side["team"] = teams.first.map(JSON.string)
        return .object(side)
    }
}
