package import Access
import AuditTrail
import BusinessCalendar
import Customers
import Storage
package import Vocabulary

/// An item that somebody asks for.
package struct WorkRequest: Sendable, Hashable {
    /// The kind, by its name.
    package var kind: String
    /// What is to be done; nil for the title of the kind.
    package var title: String?
    /// What it is about; nil for the most particular of the links.
    package var subject: WorkItem.Subject?
    /// What it belongs to.
    package var links: WorkItem.Links
    /// The first thing that is written about it; redacted.
    package var note: String?
    /// Instead of the team that the rules choose.
    package var team: String?
    /// Whom it is meant for.
    package var owner: String?
    /// Instead of the priority that the rules choose.
    package var priority: WorkPriority?
    /// Moments that were promised, instead of those of the clocks.
    package var promised: [WorkClock: Int64]
    /// What is known of the customer, for the rules.
    package var customer: JSONObject
    /// Tells a repeated request from another one.
    package var key: String?

    package init(
        kind: String,
        title: String? = nil,
        subject: WorkItem.Subject? = nil,
        links: WorkItem.Links = WorkItem.Links(),
        note: String? = nil,
        team: String? = nil,
        owner: String? = nil,
        priority: WorkPriority? = nil,
        promised: [WorkClock: Int64] = [:],
        customer: JSONObject = JSONObject(),
        key: String? = nil
    ) {
        (self.kind, self.title, self.subject, self.links, self.note) = (kind, title, subject, links, note)
        (self.team, self.owner, self.priority, self.promised) = (team, owner, priority, promised)
        (self.customer, self.key) = (customer, key)
    }

    /// What a repeated request has in common with the first one: everything that the caller wrote.
    fileprivate var fingerprint: String {
        let parts: [String?] = [
            kind, title, subject?.type.rawValue, subject?.id, links.conversation, links.customer, links.article,
            links.script, links.resolution, links.theme, links.change, note, team, owner, priority?.rawValue,
            promised[.response].map(String.init), promised[.done].map(String.init),
        ]
        return ContentHash.sha256(parts.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: " "))
    }
}

extension WorkDesk {
    /// Creates an item; the same request under the same key answers the item that it has created before, as it is now.
    ///
    /// - Throws: ``WorkError`` `invalid` for an unknown kind, team or owner and a moment that has passed, `conflict` for a key
    ///   with another request; the store's error.
    package func create(_ request: WorkRequest, by principal: Principal, now: Int64) async throws -> WorkItem {
        let fingerprint = request.key == nil ? "" : request.fingerprint
        let key = request.key.map { (key: ContentHash.sha256($0), request: fingerprint) }
        if let key, let known = try await store.read({ try Self.repeated(key, of: principal, in: $0) }) { return known }
        let (book, version) = try await kinds.book()
        guard let kind = book[request.kind] else {
            let known =
                book.names.isEmpty ? "no kinds of work were published" : "one of \(book.names.joined(separator: ", "))"
            throw WorkError(.invalid, known, argument: "kind")
        }
        for clock in WorkClock.allCases where request.promised[clock].map({ $0 <= now }) ?? false {
            throw WorkError(.invalid, "a time to come", argument: "due.\(clock.rawValue)")
        }
        try await check(team: request.team)
        let calendar = try await directory.calendar()
        let subject = request.subject ?? request.links.subject
        var route = try await routing().route(
            WorkRouting.input(
                kind: kind.name,
                subject: subject,
                customer: request.customer,
                agent: principal.facts(),
                isOpen: calendar.hours(of: kind.team).isOpen(at: Timestamp(microseconds: now))
            ),
            now: now
        )
        if let team = route.team, request.team == nil, try await !directory.isTeam(team) {
            route.team = nil
            route.because.append("the kind decides: there is no team “\(team)”")
        }
        let team = request.team ?? route.team ?? kind.team
        try await check(owner: request.owner, of: team)
        var item = WorkItem(
            id: "",
            number: 0,
            kind: kind.name,
            kindVersion: version,
            subject: subject,
            title: WorkText.redacted(request.title, longest: WorkText.longestTitle),
            team: team,
            owner: request.owner,
            createdBy: principal.subject,
            priority: request.priority ?? route.priority ?? kind.priority,
            links: request.links,
            customerKey: request.links.customer.map { form($0) },
            because: route.because,
            createdAt: now
        )
        var promised = request.promised
        if let due = route.due, promised[.done] == nil { promised[.done] = due }
        item.start(kind: kind, promised: promised, within: route.within, hours: calendar.hours(of: team), at: now)
        let entry = WorkEntry(.created, at: now, actor: principal.subject, text: WorkText.redacted(request.note))
        return try await transactions.write { [item] transaction in
            if let key, let known = try Self.repeated(key, of: principal, in: transaction) { return Eventful(known) }
            var item = item
            item.number = try Store.next("work", count: 1, in: transaction)
            item.id = "wk-\(item.number)"
            try WorkLog.append(entry, of: &item, kind: kind, isNew: true, key: key, in: transaction)
            let audit = AuditEvent(
                actor: principal.auditActor,
                action: "work.create",
                target: item.id,
                details: "kind \(kind.name)",
                text: entry.text
            )
            try AuditLog.append([audit], at: now, in: transaction)
            return Eventful(item, [.changed(item, entry)])
        }
    }

    private static func repeated(
        _ key: (key: String, request: String),
        of principal: Principal,
        in transaction: some SQLReading
    ) throws -> WorkItem? {
        guard let known = try WorkTable.item(by: principal.subject, key: key.key, in: transaction) else { return nil }
        guard known.request == key.request else {
            throw WorkError(.conflict, "the key was used for another request", argument: "idempotency_key")
        }
        return known.item
    }
}
