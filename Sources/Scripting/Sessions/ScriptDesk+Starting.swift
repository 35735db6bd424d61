package import Access
import Customers
import Storage
import Versioning
package import Vocabulary

/// The parameters for starting a session.
package struct SessionStart: Sendable {
    /// The id of the script.
    package var scriptID: String
    /// The version; nil for the one in force for the caller.
    package var version: Int64?
    /// The id of the session.
    package var sessionID: String
    /// The caller's own name for the session; if it is the id of a session visible to the caller, that session is
    /// meant.
    package var name: String?
    /// The id of the session's conversation.
    package var conversationID: String?
    /// The language of the conversation.
    package var locale: String?
    /// Initial values from the desktop.
    package var context: JSONObject

    package init(
        scriptID: String,
        version: Int64? = nil,
        sessionID: String,
        name: String? = nil,
        conversationID: String? = nil,
        locale: String? = nil,
        context: JSONObject = [:]
    ) {
        self.scriptID = scriptID
        self.version = version
        self.sessionID = sessionID
        self.name = name
        self.conversationID = conversationID
        self.locale = locale
        self.context = context
    }
}

extension ScriptDesk {
    /// Generates an id for a session.
    package static func newID(using generator: inout some RandomNumberGenerator) -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return "ss_" + String((0..<20).map { _ in digits[Int.random(in: 0..<digits.count, using: &generator)] })
    }

    /// Starts a session, or returns the existing one with this id.
    ///
    /// - Throws: ``ScriptError`` `notFound` for a script or conversation not available to the caller; `conflict` for
    ///   the id of another agent's session and for a withdrawn version; `invalid` for an invalid context.
    @discardableResult
    package func start(_ start: SessionStart, for principal: Principal, now: Int64) async throws -> ScriptSession {
        for _ in 0..<Self.maximumAttempts {
            do { return try await attempt(start, for: principal, now: now) } catch is StaleSession { continue }
        }
        throw Self.contention
    }

    private func attempt(_ start: SessionStart, for principal: Principal, now: Int64) async throws -> ScriptSession {
        if let known = try await known(start, for: principal) {
            return session(try await current(known, for: principal, now: now), for: principal)
        }
        let script = try await catalog.script(start.scriptID, version: start.version, for: principal)
        try await refuseWithdrawn(script)
        let facts = try await facts(of: start.conversationID, for: principal)
        let customer = try customer(of: start, facts, principal)
        let subject = ScriptSubject(
            customer: customer.view,
            agent: principal.facts(),
            conversation: conversation(start.conversationID, facts),
            context: start.context
        )
        var hidden = ScriptSecrets()
        let library = try await catalog.library(for: principal, keeping: [start.scriptID: script.version])
        let hearing = try await hearing(
            of: start.conversationID,
            locale: start.locale ?? facts?.locale,
            library,
            from: script
        )
        let (state, effects) = try ScriptEngine(library: library).start(
            start.scriptID,
            version: script.version,
            subject: subject,
            hearing: hearing,
            now: now,
            secrets: &hidden
        )
        let record = record(of: start, customer, state: state, facts: facts, principal: principal, now: now)
        var draft = SessionDraft(
            record: record,
            library: library,
            hearing: hearing,
            secrets: hidden,
            entry: ["call": "start"],
            actor: principal
        )
        try await finish(&draft, effects, revision: 1, fingerprint: nil, now: now)
        return session(draft, for: principal)
    }

    /// The id of the session if it is already started.
    private func known(_ start: SessionStart, for principal: Principal) async throws -> String? {
        let visibility = SessionVisibility(of: principal)
        return try await store.read { transaction in
            if let name = start.name, name != start.sessionID,
                let known = try SessionRecord.find(name, in: transaction), visibility.mayChange(known)
            {
                return name
            }
            guard let known = try SessionRecord.find(start.sessionID, in: transaction) else { return nil }
            guard visibility.mayChange(known) else {
                throw ScriptError(.conflict, "the id of the session is taken", argument: "session_id")
            }
            return start.sessionID
        }
    }

    private func refuseWithdrawn(_ script: PublishedScript) async throws {
        let withdrawals = try await store.read {
            try ScriptCatalog.rollout.withdrawals(of: script.definition.id, in: $0)
        }
        guard let withdrawal = withdrawals[script.version] else { return }
        throw ScriptError(
            .conflict,
            "version \(script.version) of “\(script.definition.id)” was withdrawn: \(withdrawal.reason)",
            argument: "version"
        )
    }

    private func facts(of conversation: String?, for principal: Principal) async throws -> ScriptConversation? {
        guard let conversation else { return nil }
        guard let facts = try await ports.conversations.facts(of: conversation, for: principal) else {
            throw ScriptError(.notFound, "there is no conversation “\(conversation)”", argument: "conversation_id")
        }
        return facts
    }

    private func conversation(_ id: String?, _ facts: ScriptConversation?) -> JSONObject {
        guard let id else { return [:] }
        var conversation: JSONObject = ["id": .string(id)]
        for member in facts?.facts ?? [:] { conversation[member.key] = member.value }
        return conversation
    }

    /// The facts about the customer from the conversation, supplemented by those from the desktop, each with its
    /// source.
    private func customer(
        of start: SessionStart,
        _ facts: ScriptConversation?,
        _ principal: Principal
    ) throws -> CustomerFacts {
        let known = facts?.customer ?? CustomerFacts()
        let path = "context.customer"
        guard let given = start.context["customer"], !given.isNull else { return known }
        guard let given = given.object else { throw ScriptError(.invalid, "expected an object", argument: path) }
        let stated = given[CustomerFacts.statedName]
        guard stated.map({ $0.object != nil }) ?? true else {
            throw ScriptError(.invalid, "expected an object", argument: "\(path).\(CustomerFacts.statedName)")
        }
        guard given["id"]?.string.map({ !form($0).isEmpty }) ?? (given["id"] == nil) else {
            throw ScriptError(.invalid, "expected a text with visible characters", argument: path + ".id")
        }
        return known.completed(by: given, from: principal.factSource, comparedBy: form)
    }

    private func record(
        of start: SessionStart,
        _ customer: CustomerFacts,
        state: ScriptState,
        facts: ScriptConversation?,
        principal: Principal,
        now: Int64
    ) -> SessionRecord {
        // The owner of the conversation owns the session, even if a supervisor starts it.
        let agent = facts?.agent ?? principal.subject
        return SessionRecord(
            id: start.sessionID,
            state: state,
            agent: agent,
            teams: agent == principal.subject && !principal.teams.isEmpty ? principal.teams : facts?.teams ?? [],
            conversationID: start.conversationID,
            customerKey: customer.key,
            locale: start.locale ?? facts?.locale,
            acting: principal,
            lastCall: nil,
            startedAt: now,
            touchedAt: now,
            endedAt: nil,
            figures: SessionFigures(),
            generation: 0
        )
    }
}
