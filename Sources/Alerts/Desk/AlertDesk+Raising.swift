package import Storage
import Texts
package import Vocabulary

extension AlertDesk {
    /// Raises an alert for somebody, inside the transaction of what made it necessary.
    ///
    /// There is at most one live alert of a kind about one thing: asked for again, it counts up.
    ///
    /// - Throws: the store's error.
    package func raise(_ request: AlertRequest, now: Int64, in transaction: WriteTransaction) throws -> Alert {
        let request = request.redacted()
        let words = request.words(try texts.shelf(in: transaction))
        guard var alert = try AlertTable.live(request.subject, kind: request.kind, in: transaction) else {
            return try raiseNew(request, saying: words, at: now, in: transaction)
        }
        let candidate = AlertCandidate(
            kind: request.kind,
            severity: request.severity,
            escalateAfterSeconds: request.escalateAfterSeconds
        )
        let event = alert.recur(candidate, saying: words, at: now)
        if request.turn == nil { alert.others = alert.others.map { $0 + 1 } }
        alert.learn([words.reason] + words.because)
        try keep(&alert, event, at: now, in: transaction)
        return alert
    }

    /// What an alert waited for was decided elsewhere: its live alerts end, resolved where somebody settled it, else
    /// expired.
    package func settle(
        _ subject: Alert.Subject,
        outcome: AlertOutcome?,
        by actor: String?,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        for var alert in try AlertTable.live(subject, in: transaction) {
            let event: AlertEventKind? =
                if let outcome {
                    try alert.resolve(outcome, by: actor ?? "system", note: nil, at: now)
                } else {
                    alert.expire(at: now)
                }
            try keep(&alert, event, at: now, in: transaction)
        }
    }

    /// Writes a new alert; as one of many of its group it is muted, and the group's surge begins or grows.
    func raiseNew(
        _ request: AlertRequest,
        saying words: AlertWords,
        isSensitive: Bool = false,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        var alert = try newAlert(request.redacted(), saying: words, at: now, in: transaction)
        if isSensitive { (alert.isSensitive, alert.summary) = (true, nil) }
        try AlertTable.putTeams(of: alert, in: transaction)
        guard let group = alert.group else {
            try AlertLog.append(.raised, of: &alert, at: now, in: transaction)
            return alert
        }
        // The row first, so that the group's contacts are counted with this one.
        try AlertTable.put(alert, in: transaction)
        let surge = try AlertTable.live(Alert.Subject(.surge, group), in: transaction).first
        let contacts = try AlertTable.contacts(group: group, since: now - SurgeGauge.window, in: transaction)
        let verdict = SurgeGauge.judge(contacts: contacts.count, isSurging: surge != nil)
        if verdict == .begin || surge != nil { alert.mute() }
        try AlertLog.append(.raised, of: &alert, at: now, in: transaction)
        if let surge {
            try grow(surge, with: alert, contacts: contacts, at: now, in: transaction)
        } else if verdict == .begin {
            try begin(group, with: alert, contacts: contacts, at: now, in: transaction)
        }
        return alert
    }

    private func grow(
        _ surge: Alert,
        with member: Alert,
        contacts: SurgeContacts,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws {
        var surge = surge
        let teams = surge.teams + member.teams.filter { !surge.teams.contains($0) }
        let words = try surgeWords(member.group ?? surge.subject.id, contacts, in: transaction)
        let candidate = AlertCandidate(kind: surge.kind, severity: member.severity)
        let event = surge.recur(candidate, saying: words, at: now)
        surge.show(contacts, saying: words)
        surge.expiresAt = now + SurgeGauge.pause
        if teams != surge.teams {
            surge.teams = teams
            try AlertTable.putTeams(of: surge, in: transaction)
        }
        try keep(&surge, event, at: now, in: transaction)
    }

    /// What a surge says of its contacts.
    func surgeWords(
        _ group: String,
        _ contacts: SurgeContacts,
        in transaction: some SQLReading
    ) throws -> AlertWords {
        AlertWords(
            SurgeGauge.reason(group: group, contacts: contacts.count),
            reason: "",
            evidence: contacts.kinds.map { kind, count in
                KeyedText(
                    AlertTextKey.Evidence.contacts,
                    ["count": .count(count), "kind": .name(group: "signal", code: kind)]
                )
            },
            in: try texts.shelf(in: transaction).texts(for: nil)
        )
    }

    private func begin(
        _ group: String,
        with member: Alert,
        contacts: SurgeContacts,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let members = try AlertTable.live(group: group, limit: Self.maximumBulk, in: transaction)
            .filter { $0.subject.type != .surge }
        var teams: [String] = []
        for var other in members {
            teams += other.teams.filter { !teams.contains($0) }
            guard other.id != member.id else { continue }
            other.mute()
            try AlertTable.put(other, in: transaction)
        }
        let request = AlertRequest(
            kind: "surge",
            severity: max(.warning, members.map(\.severity).max() ?? .warning),
            subject: Alert.Subject(.surge, group),
            teams: teams,
            group: group,
            escalateAfterSeconds: 300
        )
        let words = try surgeWords(group, contacts, in: transaction)
        var surge = try newAlert(request, saying: words, at: now, in: transaction)
        surge.show(contacts, saying: words)
        surge.expiresAt = now + SurgeGauge.pause
        try AlertTable.putTeams(of: surge, in: transaction)
        try AlertLog.append(.raised, of: &surge, at: now, in: transaction)
    }
}

extension Alert {
    /// A surge tells how many contacts it has now, and which.
    mutating func show(_ contacts: SurgeContacts, saying words: AlertWords) {
        say(words)
        count = contacts.count
        self.contacts = contacts.latest
    }
}
