import Access
import Storage
import Vocabulary

/// Writes sessions: the state, the log, adherence figures, and notifications.
extension ScriptDesk {
    /// Returns the draft with figures computed from its state.
    func prepare(_ draft: SessionDraft, now: Int64) -> SessionDraft {
        var draft = draft
        let state = draft.record.state
        if draft.entered.isEmpty, draft.isMoved, let step = state.path.last { draft.entered = [step] }
        var figures = draft.record.figures
        figures.deviations = Int64(state.deviations.count)
        figures.isOrderKept = !state.deviations.contains { $0.kind == "jump" || $0.kind == "skip" }
        figures.visits += Int64(draft.entered.count)
        let required = RequiredSteps(of: state, library: draft.library)
        (figures.requiredDone, figures.requiredTotal) = (required.done, required.due)
        if state.status.isFinished {
            figures.directPath = state.directPath
            draft.record.endedAt = draft.record.endedAt ?? now
        }
        draft.record.figures = figures
        draft.record.touchedAt = now
        return draft
    }

    /// Writes a prepared draft.
    ///
    /// - Returns: the events that concern others.
    /// - Throws: ``StaleSession`` when the session has been changed since it was read.
    func write(_ draft: SessionDraft, now: Int64, in transaction: WriteTransaction) throws -> [SessionDomainEvent] {
        let (record, state) = (draft.record, draft.record.state)
        try record.write(in: transaction)
        try transaction.execute(
            """
            INSERT INTO script_events (session_id, number, revision, at_microseconds, actor, event)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .text(record.id), .integer(record.generation + 1), .integer(Int64(state.revision)), .integer(now),
                .text(draft.actor.subject), .text(draft.event.description),
            ]
        )
        try writeVisits(draft, now: now, in: transaction)
        try writeDeviations(record, now: now, in: transaction)
        for request in state.requests where request.status == .pending {
            guard let resolution = request.resolutionId else { continue }
            try transaction.execute(
                """
                INSERT INTO script_resolutions (resolution_id, session_id, ticket) VALUES ($1, $2, $3)
                ON CONFLICT (resolution_id, session_id) DO NOTHING
                """,
                [.text(resolution), .text(record.id), .integer(Int64(request.ticket))]
            )
        }
        var events = draft.escalations.map { SessionDomainEvent.escalated($0, record.contact, at: now) }
        if let conversation = record.conversationID {
            events.append(.changed(shared(record, draft.library, draft.hearing), in: conversation, at: now))
        }
        return events
    }

    private func writeVisits(_ draft: SessionDraft, now: Int64, in transaction: WriteTransaction) throws {
        let record = draft.record
        let first = record.figures.visits - Int64(draft.entered.count)
        if !draft.entered.isEmpty || record.endedAt == now {
            try transaction.execute(
                """
                UPDATE script_visits SET left_microseconds = $3, left_by = $4
                WHERE session_id = $1 AND number = $2 AND left_microseconds IS NULL
                """,
                [.text(record.id), .integer(first), .integer(now), .text(draft.entry["call"]?.string ?? "")]
            )
        }
        let isOver = record.state.status.isFinished
        for (offset, step) in draft.entered.enumerated() {
            let isLeft = isOver || offset < draft.entered.count - 1
            try transaction.execute(
                """
                INSERT INTO script_visits (session_id, number, step, entered_microseconds, left_microseconds, left_by)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .text(record.id), .integer(first + Int64(offset) + 1), .text(step), .integer(now),
                    .optional(isLeft ? now : nil), .optional(isLeft ? "itself" : nil),
                ]
            )
        }
    }

    private func writeDeviations(_ record: SessionRecord, now: Int64, in transaction: WriteTransaction) throws {
        for (number, deviation) in record.state.deviations.enumerated().suffix(Self.newDeviations) {
            try transaction.execute(
                """
                INSERT INTO script_deviations (session_id, number, step, kind, reason, at_microseconds)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (session_id, number) DO NOTHING
                """,
                [
                    .text(record.id), .integer(Int64(number)), .text(deviation.step), .text(deviation.kind),
                    .text(deviation.reason), .integer(now),
                ]
            )
        }
    }

    /// One write adds at most one deviation; the previous one is included for safety.
    private static var newDeviations: Int { 2 }
}

extension SessionDraft {
    /// Whether the call changes the current step without entering one: only going back does.
    fileprivate var isMoved: Bool { entry["call"]?.string == "back" }
}
