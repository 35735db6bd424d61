import Access
import Conversations
import FrontlineProtocol
import JSONRPC
import Scripting
import Storage
import Vocabulary

/// Resolves the names that callers use for conversations and script sessions, for all methods.
///
/// Integrations and admins use ids, and names that they choose are ids for everybody. A name chosen by anybody else is
/// private to that subject (``PrivateNames``): an equal name of another subject means another contact, and choosing a
/// name reveals nothing about contacts opened by others. A name refers to the contact with this id, if the caller may
/// see one, or else to the contact that the caller has opened under it; otherwise nothing is found.
struct ContactNames: Sendable {
    let names: PrivateNames
    let store: Store
    let conversations: ConversationStore
    let sessions: ScriptDesk

    /// The id for a new contact that a caller opens under a chosen name.
    func newID(_ name: String, _ kind: PrivateNames.Kind, for principal: Principal) -> String {
        Self.choosesIDs(principal) ? name : names.id(of: name, kind, for: principal.subject)
    }

    /// Whether names chosen by a caller are ids for everybody.
    private static func choosesIDs(_ principal: Principal) -> Bool { principal.holds(anyOf: [.integration]) }

    /// The ids to which a name may refer; the first visible to the caller is the one meant.
    private func candidates(_ name: String, _ kind: PrivateNames.Kind, for principal: Principal) -> [String] {
        Self.choosesIDs(principal) ? [name] : [name, names.id(of: name, kind, for: principal.subject)]
    }

    // MARK: Parameters

    /// Replaces the names of contacts in the parameters with ids.
    ///
    /// - Throws: `not_found` for a contact that does not exist or that the caller may not see.
    func resolved<Params: Sendable>(
        _ params: Params,
        _ members: [ContactMember<Params>],
        for principal: Principal
    ) async throws -> Params {
        guard Self.isNeeded(members, params) else { return params }
        return try await store.read { try self.resolved(params, members, for: principal, in: $0) }
    }

    private static func isNeeded<Params>(_ members: [ContactMember<Params>], _ params: Params) -> Bool {
        members.contains { $0.value(params) != nil }
    }

    private func resolved<Params>(
        _ params: Params,
        _ members: [ContactMember<Params>],
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> Params {
        try members.reduce(params) { params, member in
            guard let name = member.value(params) else { return params }
            guard let id = try id(name, member.kind, for: principal, in: transaction) else {
                let what = member.kind == .conversation ? "conversation" : "session"
                throw RPCError(.notFound, "there is no \(what) “\(name)”", path: "params.\(member.name)")
            }
            return id == name ? params : member.setting(params, id)
        }
    }

    private func id<Params>(
        _ name: String,
        _ kind: ContactMember<Params>.Kind,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> String? {
        switch kind {
        case .conversation:
            try conversations.firstVisible(
                candidates(name, .conversation, for: principal),
                to: ConversationVisibility(of: principal),
                in: transaction
            )
        case .session:
            try sessions.firstVisible(candidates(name, .session, for: principal), to: principal, in: transaction)
        }
    }

    // MARK: Order

    /// The ordering keys of a call; calls with the same key are handled in the order sent.
    ///
    /// A name yields a key for each id to which it may refer, so that a call that uses a contact's id waits for one
    /// that uses its name, even while the call that opens the contact is still waiting.
    func orderingKeys<Params>(
        _ params: Params,
        _ members: [OrderingKey<Params>],
        for principal: Principal
    ) -> [String] {
        members.flatMap { member in
            member.values(params).flatMap { name -> [String] in
                switch member.subject {
                case .conversation: candidates(name, .conversation, for: principal).map { "conversation \($0)" }
                case .session: candidates(name, .session, for: principal).map { "session \($0)" }
                case .resolution: ["resolution \(name)"]
                case .work: ["work \(name)"]
                }
            }
        }
    }
}
