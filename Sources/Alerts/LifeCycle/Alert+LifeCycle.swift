import Texts
import Vocabulary

/// The life of an alert as functions of the time: each changes the value and says what happened, if anything did.
extension Alert {
    /// How long an alert about a conversation or a script session lives without news, should nobody ever say that the
    /// contact ended.
    static let idleLimit: Int64 = 24 * 3_600 * 1_000_000
    /// Of any other alert.
    static let longestLife: Int64 = 7 * 24 * 3_600 * 1_000_000
    /// So many repeats are told one by one, further ones when their number doubles.
    private static let toldOneByOne = 8
    /// So many replies are kept.
    private static let maximumReplies = 10

    /// How long this one lives without news.
    var lifetime: Int64 {
        switch subject.type {
        case .conversation, .session: Self.idleLimit
        case .resolution, .surge, .work: Self.longestLife
        }
    }

    /// It is asked for again.
    ///
    /// A higher severity is taken over with its reason. Not every repeat is told, so that a policy that raises on every
    /// turn does not fill the stream: `count` is right whenever the alert is read.
    mutating func recur(_ candidate: AlertCandidate, saying words: AlertWords, at now: Int64) -> AlertEventKind? {
        guard status.isLive else { return nil }
        count += 1
        updatedAt = now
        expiresAt = now + lifetime
        if isCalmed == true, status == .open, let seconds = candidate.escalateAfterSeconds, !isMuted {
            (isCalmed, escalatesAt) = (nil, now + Int64(seconds) * 1_000_000)
        }
        let isWorse = candidate.severity > severity
        if isWorse {
            severity = candidate.severity
            say(words)
            // What got worse is news for whoever looked at it before.
            if status == .open, let seconds = candidate.escalateAfterSeconds, !isMuted {
                escalatesAt = min(escalatesAt ?? .max, now + Int64(seconds) * 1_000_000)
            }
            return .updated
        }
        guard snoozedUntil == nil else { return nil }
        return count <= Self.toldOneByOne || count & (count - 1) == 0 ? .updated : nil
    }

    /// Says something else from now on.
    mutating func say(_ words: AlertWords) {
        (reason, text) = (words.reason, words.text)
        (because, evidence) = (words.because, words.evidence)
    }

    /// Keeps what a repeat says that was not said before, the newest if there is much.
    mutating func learn(_ reasons: [String]) {
        let known = because
        because += reasons.filter { $0 != reason && !known.contains($0) }
        guard because.count > PlainText.maximumReasons else { return }
        because = because.suffix(PlainText.maximumReasons)
        evidence = nil
    }

    /// The contact has turned well: it stays, but does not escalate unless it is asked for again.
    mutating func calm(_ word: (KeyedText, String), at now: Int64) -> AlertEventKind? {
        guard status == .open, escalatesAt != nil else { return nil }
        (isCalmed, escalatesAt, updatedAt) = (true, nil, now)
        because = (because + [word.1]).suffix(PlainText.maximumReasons)
        evidence = evidence.flatMap { $0.count + 1 == because.count ? $0 + [word.0] : nil }
        return .updated
    }

    /// Somebody looks at it; it no longer escalates.
    mutating func acknowledge(by subject: String, note: String?, at now: Int64) -> AlertEventKind? {
        guard status == .open else { return nil }
        status = .acknowledged
        acknowledgedBy = subject
        self.note = note ?? self.note
        (escalatesAt, snoozedUntil, updatedAt) = (nil, nil, now)
        return .acknowledged
    }

    /// Somebody ends it; also after it expired, so that what came of it is known.
    ///
    /// - Throws: ``AlertError`` `conflict` when it was ended with another outcome.
    mutating func resolve(
        _ outcome: AlertOutcome,
        by subject: String,
        note: String?,
        at now: Int64
    ) throws(AlertError) -> AlertEventKind? {
        if status == .resolved {
            guard self.outcome == outcome else {
                let before = self.outcome?.rawValue ?? "another outcome"
                throw AlertError(.conflict, "the alert \(id) was resolved as \(before)", argument: "outcome")
            }
            return nil
        }
        status = .resolved
        resolvedBy = subject
        self.outcome = outcome
        self.note = note ?? self.note
        (escalatesAt, snoozedUntil, updatedAt) = (nil, nil, now)
        return .resolved
    }

    /// A supervisor says something about it.
    mutating func answer(with reply: Reply) {
        replies = Array(((replies ?? []) + [reply]).suffix(Self.maximumReplies))
        updatedAt = reply.at
    }

    /// It is quiet until a time, and does not escalate meanwhile.
    mutating func snooze(until: Int64, note: String?, at now: Int64) -> AlertEventKind? {
        guard status.isLive, snoozedUntil != until else { return nil }
        if let due = escalatesAt { escalatesAt = until + max(0, due - max(now, snoozedUntil ?? now)) }
        snoozedUntil = until
        expiresAt = max(expiresAt, until + lifetime)
        self.note = note ?? self.note
        updatedAt = now
        return .snoozed
    }

    /// Its contact is over, or its time.
    mutating func expire(at now: Int64) -> AlertEventKind? {
        guard status.isLive else { return nil }
        status = .expired
        (escalatesAt, snoozedUntil, updatedAt) = (nil, nil, now)
        return .expired
    }

    /// The words that it rests on were replaced by others that raise none.
    mutating func withdraw(at now: Int64) -> AlertEventKind? {
        isWithdrawn = true
        return expire(at: now)
    }

    /// It becomes part of a surge.
    mutating func mute() {
        isMuted = true
        escalatesAt = nil
    }

    /// When time alone will change it; nil for never.
    var due: Int64? {
        guard status.isLive else { return nil }
        return min(snoozedUntil ?? .max, escalatesAt ?? .max, expiresAt)
    }

    /// The first thing that the time up to `now` does to it; call it again until nothing more happens.
    mutating func elapse(to now: Int64) -> AlertEventKind? {
        guard let due, due <= now else { return nil }
        if due == snoozedUntil {
            snoozedUntil = nil
            updatedAt = now
            return .updated
        }
        if due == escalatesAt {
            severity = severity.raised
            (escalatesAt, isEscalated, updatedAt) = (nil, true, now)
            return .escalated
        }
        return expire(at: now)
    }
}
