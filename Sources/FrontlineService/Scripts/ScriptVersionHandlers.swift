import Access
import FrontlineProtocol
import JSONRPC
import Scripting
import Versioning
import Vocabulary

struct ScriptListHandler: MethodHandler {
    typealias Method = ScriptList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let scripts = try await services.scripts.list(for: caller.principal).map { script in
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

struct ScriptGetHandler: MethodHandler {
    typealias Method = ScriptGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let script = try await services.scripts.script(
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

struct ScriptPublishHandler: MethodHandler {
    typealias Method = ScriptPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let publication = try await ScriptRelease(services).publish(
            params.source,
            note: params.note,
            to: Audience(percent: params.rollout?.percent, teams: params.rollout?.teams.map(Set.init)),
            isForced: params.force ?? false,
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

struct ScriptVersionsHandler: MethodHandler {
    typealias Method = ScriptVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (versions, live) = try await services.scripts.versions(of: params.scriptId)
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
            status: listing.status,
            percent: listing.audience?.percent,
            teams: listing.audience?.teams?.sorted(),
            withdrawn: listing.withdrawal.map(VersionWithdrawal.init),
            openSessions: Int(listing.openSessions)
        )
    }
}

struct ScriptCompareHandler: MethodHandler {
    typealias Method = ScriptCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let changes = try await services.scripts.compare(
            params.scriptId,
            from: Int64(params.from),
            to: Int64(params.to)
        )
        return Method.Result(
            changes: changes.map { change in
                Method.Change(
                    kind: change.kind,
                    subject: change.subject,
                    step: change.step,
                    text: change.text
                )
            },
            summary: VersionComparison.summary(changes)
        )
    }
}

struct ScriptRolloutHandler: MethodHandler {
    typealias Method = ScriptRollout
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let audience = Audience(percent: params.percent, teams: params.teams.map(Set.init))
        try await ScriptRelease(services).rollOut(
            params.scriptId,
            version: Int64(params.version),
            to: audience,
            isForced: params.force ?? false,
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

struct ScriptRollbackHandler: MethodHandler {
    typealias Method = ScriptRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let (rollback, stopped) = try await services.sessions.rollBack(
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
