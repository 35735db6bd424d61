package import Vocabulary

/// Something that somebody has to do: with an owner, or a team that waits for one, and clocks.
///
/// A value: its life is told by the functions of `WorkItem+LifeCycle` and `WorkItem+Time`, without clock and without store.
/// Times are microseconds since 1970.
package struct WorkItem: Sendable, Hashable, Codable {
    /// What an item is about.
    package struct Subject: Sendable, Hashable, Codable {
        /// What kind of thing.
        package var type: WorkSubjectKind
        /// Which one.
        package var id: String

        package init(_ type: WorkSubjectKind, _ id: String) {
            self.type = type
            self.id = id
        }
    }

    /// The things that an item belongs to, each by its id.
    package struct Links: Sendable, Hashable, Codable {
        package var conversation: String?
        package var customer: String?
        package var article: String?
        package var script: String?
        package var resolution: String?
        package var theme: String?
        package var change: String?

        package init(
            conversation: String? = nil,
            customer: String? = nil,
            article: String? = nil,
            script: String? = nil,
            resolution: String? = nil,
            theme: String? = nil,
            change: String? = nil
        ) {
            (self.conversation, self.customer, self.article, self.script) = (conversation, customer, article, script)
            (self.resolution, self.theme, self.change) = (resolution, theme, change)
        }

        /// What an item with these links is about if nobody says so: the most particular of them.
        package var subject: Subject? {
            if let change { return Subject(.change, change) }
            if let theme { return Subject(.theme, theme) }
            if let resolution { return Subject(.resolution, resolution) }
            if let article { return Subject(.article, article) }
            if let script { return Subject(.script, script) }
            if let conversation { return Subject(.conversation, conversation) }
            return customer.map { Subject(.customer, $0) }
        }
    }

    /// One of the clocks of an item.
    package struct Timer: Sendable, Hashable, Codable {
        /// When it runs out; nil if the kind has no such clock.
        package var dueAt: Int64?
        /// When it was stopped in time or late; nil while it runs.
        package var metAt: Int64?
        /// When it ran out; nil if it has not.
        package var breachedAt: Int64?
        /// When people are told that it runs out soon: what is still to come, earliest first.
        package var reminders: [Int64] = []

        /// Whether it may still run out.
        package var isRunning: Bool { dueAt != nil && metAt == nil && breachedAt == nil }
    }

    /// Its name.
    package var id: String
    /// Its place among all items, from 1.
    package var number: Int64
    /// How often it has changed; a caller who names another number is told that the item has moved on.
    package var revision: Int64 = 1
    /// The number of its last event.
    package var cursor: Int64 = 0
    /// How many entries its history has.
    package var entries: Int64 = 0
    /// What kind of work it is, by the name in `rules/work.yaml`.
    package var kind: String
    /// The version of the kinds under which it was created, and whose rules it keeps.
    package var kindVersion: Int64
    /// What it is about.
    package var subject: Subject?
    /// What is to be done, without personal data; nil for the title of its kind.
    package var title: String?
    /// Who can take it.
    package var team: String
    /// Who works on it; while it is open, whom it is meant for.
    package var owner: String?
    /// Who created it.
    package var createdBy: String
    /// How urgent it is.
    package var priority: WorkPriority
    /// Where it stands.
    package var state: WorkState = .open
    /// What it belongs to.
    package var links: Links
    /// The customer, as ids are compared.
    package var customerKey: String?
    /// How long until somebody takes it.
    package var response = Timer()
    /// How long until it is done.
    package var completion = Timer()
    /// Since when its owner waits.
    package var waitingSince: Int64?
    /// When the wait ends by itself.
    package var waitingUntil: Int64?
    /// How many steps of its ladder were taken.
    package var rung = 0
    /// When the next step of its ladder is due.
    package var climbsAt: Int64?
    /// What came of it, by the fields of its kind.
    package var outcome: [String: String]?
    /// Why it has this team, priority and due time: the rules that matched, and what went wrong.
    package var because: [String]
    /// When it was created.
    package var createdAt: Int64
    /// When it changed last.
    package var updatedAt: Int64
    /// When it was done or cancelled.
    package var endedAt: Int64?

    /// A new item, which is open and whose clocks do not run yet.
    package init(
        id: String,
        number: Int64,
        kind: String,
        kindVersion: Int64,
        subject: Subject? = nil,
        title: String? = nil,
        team: String,
        owner: String? = nil,
        createdBy: String,
        priority: WorkPriority,
        links: Links = Links(),
        customerKey: String? = nil,
        because: [String] = [],
        createdAt: Int64
    ) {
        (self.id, self.number, self.kind, self.kindVersion) = (id, number, kind, kindVersion)
        (self.subject, self.title, self.team, self.owner) = (subject, title, team, owner)
        (self.createdBy, self.priority, self.links) = (createdBy, priority, links)
        (self.customerKey, self.because) = (customerKey, because)
        (self.createdAt, updatedAt) = (createdAt, createdAt)
    }

    /// Whether a clock ran out, even if the work was done later.
    package var isBreached: Bool { response.breachedAt != nil || completion.breachedAt != nil }

    /// When a clock runs out next; nil if none runs.
    package var dueAt: Int64? {
        guard state.isLive else { return nil }
        return [response, completion].compactMap { $0.metAt == nil ? $0.dueAt : nil }.min()
    }

    /// Seconds until the next clock runs out; nil if none runs, or if its owner waits.
    package func secondsLeft(at now: Int64) -> Int? {
        guard state.isLive, state != .waiting else { return nil }
        let next = [response, completion].filter(\.isRunning).compactMap(\.dueAt).min()
        return next.map { Int(max(0, $0 - now) / 1_000_000) }
    }

    /// The clock of a name.
    package subscript(clock: WorkClock) -> Timer {
        get { clock == .response ? response : completion }
        set { if clock == .response { response = newValue } else { completion = newValue } }
    }
}

/// An entry of the history of an item.
package struct WorkEntry: Sendable, Hashable, Codable {
    /// What happened.
    package var event: WorkEventKind
    /// When.
    package var at: Int64
    /// Who did it; nil for the clock.
    package var actor: String?
    /// What that person wrote, without personal data.
    package var text: String?
    /// The team that it belonged to before, if that has changed.
    package var formerTeam: String?
    /// The owner that it had before, if that has changed.
    package var formerOwner: String?
    /// The clock that ran out or runs out soon.
    package var clock: WorkClock?
    /// Until when its owner waits, or when the clock runs out.
    package var until: Int64?
    /// Whom the step of the ladder is for.
    package var audience: WorkRung.Audience?

    package init(_ event: WorkEventKind, at: Int64, actor: String? = nil, text: String? = nil) {
        (self.event, self.at, self.actor, self.text) = (event, at, actor, text)
    }
}

/// A numbered entry of the feed: what happened, and the item as it was then.
package struct WorkEvent: Sendable, Hashable {
    /// Its number, from 1 without gaps.
    package let cursor: Int64
    /// What happened.
    package let entry: WorkEntry
    /// The item as it was then.
    package let item: WorkItem
}

/// What happens to an item that concerns others.
package enum WorkDomainEvent: Sendable {
    /// It is new, or somebody or the time has changed it.
    case changed(WorkItem, WorkEntry)
    /// A step of its ladder was taken, because a clock ran out or it is still late.
    case late(WorkItem, WorkEntry, WorkRung)
}
