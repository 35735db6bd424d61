import Redaction
import Storage
import Vocabulary

/// What the customer of a session has said, and what becomes of it.
extension ScriptDesk {
    /// What the customer has said; silent if no script of the session takes answers from it.
    ///
    /// Cost: a read of the last turns, and one pass of each extractor that the current step needs.
    func hearing(of record: SessionRecord, _ library: ScriptLibrary) async throws -> ScriptHearing {
        guard !record.state.status.isFinished, record.state.hears(library) else { return .silent }
        return try await hearing(of: record.conversationID, locale: record.locale)
    }

    /// What the customer has said before a session of a script starts.
    func hearing(
        of conversation: String?,
        locale: String?,
        _ library: ScriptLibrary,
        from script: PublishedScript
    ) async throws -> ScriptHearing {
        // A sub-script with the first question may hear, too.
        let scripts =
            [script.definition]
            + script.definition.subScripts.compactMap { id in
                library.current(id).flatMap { library.definition(id, $0) }
            }
        guard scripts.contains(where: \.hears) else { return .silent }
        return try await hearing(of: conversation, locale: locale)
    }

    private func hearing(of conversation: String?, locale: String?) async throws -> ScriptHearing {
        guard let conversation else { return .silent }
        let book = try await catalog.extractors.book()
        let turns = try await ports.conversations.said(in: conversation, limit: ScriptLimits.heardTurns)
        return ScriptHearing(turns, book: book, locale: locale ?? "en", day: day, meaning: ports.meaning)
    }

    /// The session as its conversation's subscribers see it: without sensitive values, and with proposals redacted,
    /// because events are stored.
    func shared(_ record: SessionRecord, _ library: ScriptLibrary, _ hearing: ScriptHearing) -> ScriptSession {
        var view = ScriptEngine(library: library).view(record.state, hearing: hearing)
        if let proposed = view.proposed {
            let name = view.step?.field ?? ""
            let value = Redactor().redact(proposed.value, named: name)
            view.proposed = ScriptProposal(value: value, origin: proposed.origin)
        }
        return record.session(view)
    }

    /// Tells the subscribers of a conversation what a turn of its customer proposes.
    ///
    /// The open session of the conversation changes neither its step nor its revision: an agent who is answering is not
    /// interrupted. Nothing is written if the turn proposes nothing.
    ///
    /// - Parameters:
    ///   - turn: the number of the turn, which is stored.
    ///   - conversation: the conversation.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: the store's error.
    package func heard(turn: Int64, in conversation: String, now: Int64) async throws {
        guard let record = try await store.read({ try SessionRecord.open(ofConversation: conversation, in: $0) }) else {
            return
        }
        let library = try await catalog.library(for: record.acting, keeping: record.state.versions)
        let hearing = try await hearing(of: record, library)
        guard ScriptEngine(library: library).proposal(record.state, hearing: hearing)?.turn == turn else { return }
        try await transactions.write(durability: .process) { transaction in
            // A call may have moved the session in the meantime; its own event has then told of the turn, or the next will.
            guard let present = try SessionRecord.find(record.id, in: transaction),
                present.generation == record.generation
            else { return Eventful((), []) }
            return Eventful((), [.changed(shared(present, library, hearing), in: conversation, at: now)])
        }
    }
}

extension SessionRecord {
    /// The most recently started open session of a conversation.
    static func open(ofConversation conversation: String, in transaction: some SQLReading) throws -> SessionRecord? {
        let listings = try listings(ofConversation: conversation, in: transaction)
        guard let listing = listings.last(where: { !$0.status.isFinished }) else { return nil }
        return try find(listing.id, in: transaction)
    }
}

extension ScriptState {
    /// Whether a script that the session has met, or may run, takes answers from what the customer says.
    func hears(_ library: ScriptLibrary) -> Bool {
        versions.contains { library.definition($0.key, $0.value)?.hears == true }
    }
}
