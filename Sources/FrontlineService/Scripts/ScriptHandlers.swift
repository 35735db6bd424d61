import Access
import FrontlineProtocol
import JSONRPC
import Scripting
import Versioning

struct ScriptAbandonHandler: MethodHandler {
    typealias Method = ScriptAbandon
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.abandon(reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptAdherenceHandler: MethodHandler {
    typealias Method = ScriptAdherence
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let query = AdherenceQuery(
            scriptID: params.scriptId,
            since: params.since?.microseconds,
            until: params.until?.microseconds,
            grouping: AdherenceQuery.Grouping(params.groupBy ?? .script),
            teams: teams(of: caller)
        )
        return Method.Result(rows: try services.scripts.adherence(query).map(Method.Row.init))
    }

    /// The teams a supervisor sees; nil for all.
    private func teams(of caller: Caller) -> [String]? {
        guard caller.principal.roles.isDisjoint(with: [.auditor, .operations]), !caller.principal.leadsEveryTeam else {
            return nil
        }
        return caller.principal.teams
    }
}

extension AdherenceQuery.Grouping {
    /// The grouping that the wire names.
    init(_ grouping: ScriptAdherence.Grouping) {
        switch grouping {
        case .script: self = .script
        case .version: self = .version
        case .step: self = .step
        case .agent: self = .agent
        case .team: self = .team
        }
    }
}

extension ScriptAdherence.Row {
    init(_ row: AdherenceRow) {
        self.init(
            key: row.key,
            sessions: row.sessions,
            completed: row.completed,
            abandoned: row.abandoned,
            stopped: row.stopped,
            requiredDone: row.requiredDone,
            requiredTotal: row.requiredTotal,
            orderKept: row.orderKept,
            deviations: row.deviations,
            deviationReasons: row.deviationReasons.map {
                ScriptAdherence.Deviation(step: $0.step, kind: $0.kind, reason: $0.reason, count: $0.count)
            },
            outcomes: row.outcomes,
            medianSeconds: row.medianSeconds,
            p90Seconds: row.p90Seconds,
            stepsTaken: row.stepsTaken,
            stepsDirect: row.stepsDirect,
            paths: row.paths?.map { ScriptAdherence.Path(direct: $0.direct, full: $0.full, sessions: $0.sessions) }
        )
    }
}

struct ScriptAdvanceHandler: MethodHandler {
    typealias Method = ScriptAdvance
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.advance(revision: Int64(params.revision), value: params.value)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptBackHandler: MethodHandler {
    typealias Method = ScriptBack
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.back(revision: Int64(params.revision))
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptCompareHandler: MethodHandler {
    typealias Method = ScriptCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let changes = try services.scripts.compare(
            params.scriptId,
            from: Int64(params.from),
            to: Int64(params.to)
        )
        return Method.Result(
            changes: changes.map { change in
                Method.Change(
                    kind: Method.Kind(change.kind),
                    subject: change.subject,
                    step: change.step,
                    text: change.text
                )
            },
            summary: VersionComparison.summary(changes)
        )
    }
}

extension ScriptCompare.Kind {
    /// What happened, as the wire names it.
    init(_ kind: VersionChange.Kind) {
        switch kind {
        case .added: self = .added
        case .removed: self = .removed
        case .changed: self = .changed
        }
    }
}

struct ScriptDetourHandler: MethodHandler {
    typealias Method = ScriptDetour
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.detour(revision: Int64(params.revision), script: params.scriptId, reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptGetHandler: MethodHandler {
    typealias Method = ScriptGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let script = try services.scripts.script(
            params.scriptId,
            version: params.version.map(Int64.init),
            for: caller.principal
        )
        return Method.Result(
            scriptId: script.definition.id,
            version: Int(script.version),
            sha256: script.sha256,
            source: script.source,
            graph: script.definition.mermaid,
            title: script.definition.title,
            locale: script.definition.locale,
            tags: script.definition.tags
        )
    }
}

struct ScriptJumpHandler: MethodHandler {
    typealias Method = ScriptJump
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.jump(revision: Int64(params.revision), step: params.step, reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptListHandler: MethodHandler {
    typealias Method = ScriptList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let scripts = try services.scripts.list(for: caller.principal).map { script in
            Method.Script(
                scriptId: script.id,
                version: Int(script.version),
                title: script.title,
                locale: script.locale,
                tags: script.tags,
                examples: script.examples.isEmpty ? nil : script.examples
            )
        }
        return Method.Result(scripts: scripts)
    }
}

struct ScriptNoteHandler: MethodHandler {
    typealias Method = FrontlineProtocol.ScriptNote
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.note(params.text)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptPublishHandler: MethodHandler {
    typealias Method = ScriptPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let publication = try services.scripts.publish(
            params.source,
            note: params.note,
            to: Audience(percent: params.rollout?.percent, teams: params.rollout?.teams.map(Set.init)),
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: publication.script.definition.id,
            version: Int(publication.script.version),
            sha256: publication.script.sha256,
            warnings: publication.warnings
        )
    }
}

struct ScriptRollbackHandler: MethodHandler {
    typealias Method = ScriptRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (rollback, stopped) = try services.sessions.rollBack(
            params.scriptId,
            to: Int64(params.version),
            reason: params.reason,
            stopping: params.sessions == .stop,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: rollback.script.definition.id,
            version: Int(rollback.script.version),
            sha256: rollback.script.sha256,
            withdrawn: rollback.withdrawn.map(Int.init),
            stopped: stopped
        )
    }
}

struct ScriptRolloutHandler: MethodHandler {
    typealias Method = ScriptRollout
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let audience = Audience(percent: params.percent, teams: params.teams.map(Set.init))
        try services.scripts.rollOut(
            params.scriptId,
            version: Int64(params.version),
            to: audience,
            by: caller.principal.auditActor,
            now: caller.now
        )
        return Method.Result(
            scriptId: params.scriptId,
            version: params.version,
            percent: audience.percent,
            teams: audience.teams?.sorted()
        )
    }
}

struct ScriptSkipHandler: MethodHandler {
    typealias Method = ScriptSkip
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let call = ScriptCall.skip(revision: Int64(params.revision), reason: params.reason)
        return ScriptSessionState(
            try await services.sessions.perform(call, on: params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptStartHandler: MethodHandler {
    typealias Method = ScriptStart
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        var generator = SystemRandomNumberGenerator()
        let name = params.sessionId
        let start = SessionStart(
            scriptID: params.scriptId,
            version: params.version.map(Int64.init),
            sessionID: name.map { services.names.newID($0, .session, for: caller.principal) }
                ?? ScriptDesk.newID(using: &generator),
            name: name,
            conversationID: params.conversationId,
            locale: params.locale,
            context: params.context?.object ?? [:]
        )
        return ScriptSessionState(
            try await services.sessions.start(start, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptStateGetHandler: MethodHandler {
    typealias Method = ScriptStateGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        ScriptSessionState(
            try await services.sessions.state(params.sessionId, for: caller.principal, now: caller.now)
        )
    }
}

struct ScriptVersionsHandler: MethodHandler {
    typealias Method = ScriptVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (versions, live) = try services.scripts.versions(of: params.scriptId)
        return Method.Result(versions: versions.map(Method.Version.init), live: live.map(Int.init))
    }
}

extension ScriptVersions.Version {
    init(_ listing: ScriptVersionListing) {
        self.init(
            version: Int(listing.version.number),
            sha256: listing.version.sha256,
            at: Timestamp(microseconds: listing.version.at),
            by: listing.version.by,
            note: listing.version.note,
            status: ScriptVersions.Status(listing.status),
            percent: listing.audience?.percent,
            teams: listing.audience?.teams?.sorted(),
            withdrawn: listing.withdrawal.map(VersionWithdrawal.init),
            openSessions: Int(listing.openSessions)
        )
    }
}

extension ScriptVersions.Status {
    /// Where a version stands, as the wire names it.
    init(_ status: ScriptVersionListing.Status) {
        switch status {
        case .live: self = .live
        case .partial: self = .partial
        case .superseded: self = .superseded
        case .withdrawn: self = .withdrawn
        }
    }
}

extension VersionWithdrawal {
    /// A withdrawal as the wire shows it.
    init(_ withdrawal: Withdrawal) {
        self.init(at: Timestamp(microseconds: withdrawal.at), by: withdrawal.by, reason: withdrawal.reason)
    }
}
