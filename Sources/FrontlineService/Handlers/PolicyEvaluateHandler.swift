import FrontlineProtocol
import JSONRPC
import Policies

struct PolicyEvaluateHandler: MethodHandler {
    typealias Method = PolicyEvaluate
    let services: Services

    func answer(_ params: Method.Params, for caller: Caller) async throws -> Method.Result {
        guard case .object(let input) = params.input else {
            throw RPCError.invalidParams(path: "params.input", expected: "an object")
        }
        let policy = try services.policies.policy(params.name, version: params.version.map(Int64.init))
        let moment = PolicyClock.moment(caller.now)
        let answer = try policy.evaluate(params.decision, input: input, now: { moment })
        return Method.Result(result: answer.result, because: answer.because, version: Int(policy.version))
    }
}
