import Access
import DMN
import FrontlineProtocol
import JSONRPC
import Policies
import Resolution
import Versioning
import Vocabulary

struct PolicyCompareHandler: MethodHandler {
    typealias Method = PolicyCompare
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let changes = try await RuleShelf(services)
            .compare(params.name, from: Int64(params.from), to: Int64(params.to))
        return Method.Result(changes: changes)
    }
}

struct PolicyEvaluateHandler: MethodHandler {
    typealias Method = PolicyEvaluate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        guard case .object(let input) = params.input else {
            throw RPCError.invalidParams(path: "params.input", expected: "an object")
        }
        let policy = try await services.policies.policy(params.name, version: params.version.map(Int64.init))
        let moment = PolicyClock.moment(caller.now)
        let answer = try policy.evaluate(params.decision, input: input, now: { moment })
        return Method.Result(result: answer.result, because: answer.because, version: Int(policy.version))
    }
}

struct PolicyGetHandler: MethodHandler {
    typealias Method = PolicyGet
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let found = try await RuleShelf(services).source(of: params.name, version: params.version.map(Int64.init))
        return Method.Result(
            name: found.name,
            version: Int(found.version),
            sha256: found.sha256,
            inForce: found.isInForce,
            source: found.source,
            decisions: found.decisions
        )
    }
}

struct PolicyListHandler: MethodHandler {
    typealias Method = PolicyList
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        Method.Result(policies: try await RuleShelf(services).list())
    }
}

struct PolicyPublishHandler: MethodHandler {
    typealias Method = PolicyPublish
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try caller.checkMayPublish(params.name)
        let wanted = RuleSubmission(
            name: params.name,
            source: params.source,
            note: params.note,
            tests: (params.tests ?? []).map { ModelSource(bytes: Array($0.source.utf8), file: $0.file) },
            isForced: params.force ?? false
        )
        return try await RuleShelf(services).publish(wanted, by: caller.principal.auditActor, now: caller.now).result
    }
}

struct PolicyRollbackHandler: MethodHandler {
    typealias Method = PolicyRollback
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        try caller.checkMayPublish(params.name)
        return try await RuleShelf(services).rollback(
            params.name,
            to: Int64(params.version),
            reason: params.reason,
            by: caller.principal.auditActor,
            now: caller.now
        )
    }
}

struct PolicySimulateHandler: MethodHandler {
    typealias Method = PolicySimulate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let draft = try await services.policies.draft(params.name, source: params.source)
        guard params.name == AuthorityPolicy.name else { return PolicySimulation.nothingRecorded(params.name) }
        return try await PolicySimulation(draft.policy).run(services.authority, since: params.since?.microseconds)
    }
}

struct PolicyVersionsHandler: MethodHandler {
    typealias Method = PolicyVersions
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        let versions = try await RuleShelf(services).versions(of: params.name)
        let live = versions.first(where: \.isInForce)?.version.number ?? 0
        return Method.Result(versions: versions.map(Method.Version.init), live: Int(live))
    }
}

extension Caller {
    /// Fails for what only an admin may put in force.
    fileprivate func checkMayPublish(_ name: String) throws(RPCError) {
        guard principal.roles.contains(.admin) || !RuleShelf.isForAdministrators(name) else {
            throw RPCError(.forbidden, "“\(name)” says who holds which role, so only an admin may put it in force")
        }
    }
}
