import Access
import Conversations
import Customers
import FrontlineProtocol
import JSONRPC
import Knowledge
import Resolution
import Scripting
import Storage
import Vocabulary
import WorkItems

struct WorkCreateHandler: MethodHandler {
    typealias Method = WorkCreate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var links = params.links?.links ?? WorkItem.Links()
        var customer = JSONObject()
        if let id = links.conversation {
            // The name was resolved, and the conversation found, before this handler was called.
            let found = try await services.store.read { [services] in
                try services.conversations.conversation(id, in: $0)
            }
            customer = found?.customer ?? customer
            links.customer = links.customer ?? found?.customerID
        }
        try await check(links, for: caller)
        var promised: [WorkClock: Int64] = [:]
        promised[.response] = params.due?.response?.microseconds
        promised[.done] = params.due?.done?.microseconds
        let item = try await services.work.create(
            WorkRequest(
                kind: params.kind,
                title: params.title,
                subject: params.subject.map { WorkItem.Subject($0.type, $0.id) },
                links: links,
                note: params.note,
                team: params.team,
                owner: params.owner,
                priority: params.priority,
                promised: promised,
                customer: customer,
                key: params.idempotencyKey
            ),
            by: caller.principal,
            now: caller.now
        )
        return try await services.message(item, for: caller)
    }

    /// Checks that the article, script and resolution exist and are the caller's to see.
    private func check(_ links: WorkItem.Links, for caller: Caller) async throws {
        if let id = links.article {
            try await find("links.article_id") {
                _ = try await services.knowledge.article(
                    id,
                    locales: [caller.locale, "en"],
                    visibility: caller.visibility,
                    now: caller.now
                )
            }
        }
        if let id = links.script {
            try await find("links.script_id") {
                _ = try await services.scripts.script(id, for: caller.principal)
            }
        }
        if let id = links.resolution {
            try await find("links.resolution_id") {
                _ = try await services.authority.grant(id, for: caller.principal, now: caller.now)
            }
        }
    }

    /// Looks something up that a member names, so that an error names the member.
    private func find(_ member: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            guard let refused = WireErrors.error(for: error), refused.code == RPCErrorDefinition.notFound.code else {
                throw error
            }
            throw RPCError(.notFound, refused.message, path: "params.\(member)")
        }
    }
}

struct WorkGetHandler: MethodHandler {
    typealias Method = WorkGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let file = try await services.work.file(params.workId, for: caller.principal)
        return Method.Result(
            record: WorkMessage(file.item, title: file.kind.title(in: caller.locale), now: caller.now),
            because: file.item.because,
            history: file.history.map { WorkHistoryEntry($0) }
        )
    }
}

struct WorkListHandler: MethodHandler {
    typealias Method = WorkList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var filter = WorkFilter(
            order: params.order ?? (params.dueBefore == nil ? .created : .due),
            limit: params.limit ?? 50
        )
        filter.state = params.state
        filter.teams = params.teams.map(Set.init)
        filter.owner = params.owner == "me" ? caller.principal.subject : params.owner
        filter.creator = params.createdBy == "me" ? caller.principal.subject : params.createdBy
        filter.kinds = params.kinds.map(Set.init)
        filter.isBreached = params.breached
        filter.dueBefore = params.dueBefore?.microseconds
        filter.conversation = params.conversationId
        filter.customerKey = params.customerId.map { services.work.key(ofCustomer: $0) }
        if let cursor = params.cursor {
            guard let position = WorkPosition(cursor) else {
                throw RPCError.invalidParams(path: "params.cursor", expected: Cursor.expectation)
            }
            filter.after = position
        }
        let page = try await services.work.list(filter, for: caller.principal)
        return Method.Result(
            items: try await services.messages(page.items, for: caller),
            nextCursor: page.next.map(String.init)
        )
    }
}

/// The members of a call that say which items it is about.
private protocol WorkSelection {
    var workId: String? { get }
    var workIds: [String]? { get }
    var expectedRevision: Int? { get }
}

extension WorkClaim.Params: WorkSelection {}
extension WorkRelease.Params: WorkSelection {}
extension WorkTransfer.Params: WorkSelection {}
extension WorkComplete.Params: WorkSelection {}
extension WorkCancel.Params: WorkSelection {}

/// What the methods that change items share.
private protocol WorkChangingHandler: MethodHandler where Method.Result == WorkAnswers {
    var services: Services { get }
}

extension WorkChangingHandler {
    /// Applies a command to the items that a call names.
    func apply(
        _ command: WorkCommand,
        to selection: some WorkSelection,
        for caller: Caller
    ) async throws -> WorkAnswers {
        let (id, ids) = (selection.workId, selection.workIds)
        let answers = try await services.work.change(
            id.map { [$0] } ?? ids ?? [],
            command,
            expecting: selection.expectedRevision.map(Int64.init),
            by: caller.principal,
            now: caller.now
        )
        if id != nil, let answer = answers.first {
            return .item(try await services.message(answer.result.get(), for: caller))
        }
        var pieces: [WorkAnswers.Piece] = []
        for answer in answers {
            switch answer.result {
            case .success(let item):
                pieces.append(.init(workId: answer.id, item: try await services.message(item, for: caller)))
            case .failure(let error):
                let refusal = error.wireError ?? .internalError
                pieces.append(.init(workId: answer.id, error: .init(code: refusal.code, message: refusal.message)))
            }
        }
        return .several(pieces)
    }
}

struct WorkClaimHandler: WorkChangingHandler {
    typealias Method = WorkClaim
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await apply(.claim, to: params, for: caller)
    }
}

struct WorkReleaseHandler: WorkChangingHandler {
    typealias Method = WorkRelease
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await apply(.release(note: params.note), to: params, for: caller)
    }
}

struct WorkTransferHandler: WorkChangingHandler {
    typealias Method = WorkTransfer
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await apply(.transfer(team: params.team, owner: params.owner, note: params.note), to: params, for: caller)
    }
}

struct WorkCompleteHandler: WorkChangingHandler {
    typealias Method = WorkComplete
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await apply(.complete(outcome: params.outcome ?? [:], note: params.note), to: params, for: caller)
    }
}

struct WorkCancelHandler: WorkChangingHandler {
    typealias Method = WorkCancel
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try await apply(.cancel(reason: params.reason), to: params, for: caller)
    }
}

struct WorkCommentHandler: MethodHandler {
    typealias Method = WorkComment
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let command: WorkCommand =
            switch params.waiting {
            case true?: .wait(until: params.until?.microseconds, note: params.text)
            case false?: .resume(note: params.text)
            case nil: .comment(params.text ?? "")
            }
        let answers = try await services.work.change(
            [params.workId],
            command,
            expecting: params.expectedRevision.map(Int64.init),
            by: caller.principal,
            now: caller.now
        )
        guard let answer = answers.first else { throw RPCError.internalError }
        return try await services.message(answer.result.get(), for: caller)
    }
}

struct WorkSubscribeHandler: InLineMethodHandler {
    typealias Method = WorkSubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (teams, kinds) = (params.teams.map(Set.init), params.kinds.map(Set.init))
        let beginning = try await caller.subscribe(
            to: services.hubs.work,
            after: params.after,
            services: services,
            wants: { principal in
                let visibility = WorkVisibility(of: principal)
                return { event in
                    let (item, former) = (event.item, event.entry.formerTeam)
                    let isOfTeams = teams.map { $0.contains(item.team) || former.map($0.contains) ?? false } ?? true
                    return isOfTeams && kinds?.contains(item.kind) ?? true && visibility.includes(event)
                }
            }
        )
        return Method.Result(
            subscriptionId: beginning.id,
            cursor: Cursor(beginning.cursor),
            lostAfter: beginning.lostAfter.map(Cursor.init)
        )
    }
}

struct WorkUnsubscribeHandler: InLineMethodHandler {
    typealias Method = WorkUnsubscribe
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) throws -> Method.Result {
        try caller.unsubscribe(params.subscriptionId, from: services.hubs.work)
        return Method.Result()
    }
}
