import Access
import Conversations
import FrontlineProtocol
import JSONRPC
import Scripting
import Storage

/// What callers mean by the names of conversations and script sessions: the one place that knows, for every method.
///
/// Integrations and admins say ids, and those that they choose are ids for everybody. What anybody else chooses is a name of
/// that subject alone (``PrivateNames``): another subject's equal name means something else, and nobody learns by choosing
/// one what others have opened. A name means the contact with this id, where the caller may see one, else the contact that
/// the caller has opened under it; anything else is not found.
struct ContactNames: Sendable {
    let names: PrivateNames
    let store: Store
    let conversations: ConversationStore
    let sessions: ScriptDesk

    /// The id of a contact that a caller opens under a name of its choice, should there be none yet.
    func newID(_ name: String, _ kind: PrivateNames.Kind, for principal: Principal) -> String {
        Self.choosesIDs(principal) ? name : names.id(of: name, kind, for: principal.subject)
    }

    /// Whether what a caller chooses is an id for everybody.
    private static func choosesIDs(_ principal: Principal) -> Bool { principal.holds(anyOf: [.integration]) }

    /// The ids that a name may mean, the first that the caller may see being meant.
    private func candidates(_ name: String, _ kind: PrivateNames.Kind, for principal: Principal) -> [String] {
        Self.choosesIDs(principal) ? [name] : [name, names.id(of: name, kind, for: principal.subject)]
    }

    // MARK: Parameters

    /// The parameters with an id wherever a contact is named by one of the members.
    ///
    /// - Throws: `not_found` for what does not exist or the caller may not see.
    func resolved<Params: Sendable>(
        _ params: Params,
        _ members: [ContactMember<Params>],
        for principal: Principal
    ) async throws -> Params {
        guard Self.isNeeded(members, params) else { return params }
        return try await store.read { try self.resolved(params, members, for: principal, in: $0) }
    }

    /// The same for a method that is answered at once.
    func resolvedNow<Params: Sendable>(
        _ params: Params,
        _ members: [ContactMember<Params>],
        for principal: Principal
    ) throws -> Params {
        guard Self.isNeeded(members, params) else { return params }
        return try store.readNow { try self.resolved(params, members, for: principal, in: $0) }
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

    /// What a call is about, so that calls about the same are handled in the order sent.
    ///
    /// A name is given as everything that it may mean: a call that names a contact by its id is held back by one that names
    /// it otherwise, also while the call that opens it is still waiting.
    func orderingKeys<Params>(
        _ params: Params,
        _ members: [OrderingKey<Params>],
        for principal: Principal
    ) -> [String] {
        members.flatMap { member -> [String] in
            guard let name = member.value(params) else { return [] }
            return switch member.subject {
            case .conversation: candidates(name, .conversation, for: principal).map { "conversation \($0)" }
            case .session: candidates(name, .session, for: principal).map { "session \($0)" }
            case .resolution: ["resolution \(name)"]
            }
        }
    }
}
