import FrontlineProtocol
import JSONRPC
import Storage
import Vocabulary
import WorkItems

extension WorkMessage {
    /// Creates the wire form of an item.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - title: what it is called if it has no title of its own.
    ///   - now: the time, from which the next clock's remaining time is counted; nil to leave it out.
    init(_ item: WorkItem, title: String, now: Int64?) {
        let breaches = WorkClock.allCases.filter { item[$0].breachedAt != nil }
        self.init(
            workId: item.id,
            revision: Int(item.revision),
            kind: item.kind,
            subject: item.subject.map { Subject(type: $0.type, id: $0.id) },
            title: item.title ?? title,
            team: item.team,
            owner: item.owner,
            priority: item.priority,
            state: item.state,
            due: Due(
                response: item.response.dueAt.map(Timestamp.init(microseconds:)),
                done: item.completion.dueAt.map(Timestamp.init(microseconds:))
            ),
            lateIn: now.flatMap { item.secondsLeft(at: $0) },
            breached: item.isBreached,
            breaches: breaches.isEmpty ? nil : breaches,
            links: Links(item.links),
            outcome: item.outcome,
            waitingUntil: item.waitingUntil.map(Timestamp.init(microseconds:)),
            createdBy: item.createdBy,
            createdAt: Timestamp(microseconds: item.createdAt),
            updatedAt: Timestamp(microseconds: item.updatedAt),
            endedAt: item.endedAt.map(Timestamp.init(microseconds:))
        )
    }
}

extension WorkMessage.Links {
    /// Creates the wire form of links.
    init(_ links: WorkItem.Links) {
        self.init(
            conversationId: links.conversation,
            customerId: links.customer,
            articleId: links.article,
            scriptId: links.script,
            resolutionId: links.resolution,
            themeId: links.theme,
            changeId: links.change
        )
    }

    /// The links of a call.
    var links: WorkItem.Links {
        WorkItem.Links(
            conversation: conversationId,
            customer: customerId,
            article: articleId,
            script: scriptId,
            resolution: resolutionId,
            theme: themeId,
            change: changeId
        )
    }
}

extension WorkHistoryEntry {
    /// Creates the wire form of an entry.
    init(_ entry: WorkEntry) {
        self.init(
            event: entry.event,
            at: Timestamp(microseconds: entry.at),
            actor: entry.actor,
            text: entry.text,
            formerTeam: entry.formerTeam,
            formerOwner: entry.formerOwner,
            clock: entry.clock,
            until: entry.until.map(Timestamp.init(microseconds:))
        )
    }
}

extension Services {
    /// Items as shown to a person.
    func messages(_ items: [WorkItem], for caller: Caller) async throws -> [WorkMessage] {
        let titles = try await work.titles(of: items, in: caller.locale)
        return items.map {
            WorkMessage($0, title: titles[WorkDesk.KindKey($0)] ?? $0.kind, now: caller.now)
        }
    }

    /// An item as shown to a person.
    func message(_ item: WorkItem, for caller: Caller) async throws -> WorkMessage {
        let titles = try await work.titles(of: [item], in: caller.locale)
        return WorkMessage(item, title: titles[WorkDesk.KindKey(item)] ?? item.kind, now: caller.now)
    }
}

extension WorkError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument, current: currentRevision.map { ("revision", $0) })
        case .forbidden: .refusal(.forbidden, message, argument)
        case .invalid: .invalidSource(message, argument, expected: "kinds of work without errors", details: details)
        }
    }

    var sentence: String { message }
}
