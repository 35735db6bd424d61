import BuiltInData
import DMN
import FEEL
package import Policies
import Storage
import Vocabulary

/// The policy `assist` in force, read before a transaction and used for one turn.
///
/// Its decision `next_best_action` yields a list of contexts `{kind, text, score, about?, because?, target?}`, where
/// `text` and `because` are keys of the texts. `rules/assist.dmn` in the repository documents them, and is in force
/// until a policy with this name is published.
package struct AssistRules: Sendable {
    /// The name of the policy.
    package static let policyName = "assist"
    /// The decision evaluated for every turn of a customer.
    package static let decision = "next_best_action"
    /// The largest number of rows for one turn; more is a mistake in the policy.
    private static let maximumRows = 100

    /// One piece of advice from the policy.
    struct Advice: Sendable, Hashable {
        let kind: ActionKind
        /// The key of its title in the texts.
        let text: String
        let score: Double
        /// What distinguishes it from others of its kind.
        let about: String
        /// The key of its reason in the texts.
        let because: String?
        let target: JSONObject?
    }

    private let policy: Policy?
    /// Why the policy cannot be used; nil if it can.
    private let defect: String?

    private init(policy: Policy?, defect: String? = nil) { (self.policy, self.defect) = (policy, defect) }

    /// The policy linked into the program.
    package static let builtIn: AssistRules = {
        let file = frontline_built_in_assist()
        let bytes = Array(UnsafeRawBufferPointer(start: file.bytes, count: Int(file.count)))
        do {
            let model = try CompiledModel(bytes, file: String(cString: file.name)) { _, _ in nil }
            return AssistRules(policy: Policy(name: policyName, version: 0, sha256: "", model: model))
        } catch {
            preconditionFailure("the built-in policy of advice is broken: \(error)")
        }
    }()

    /// The policy in force; call this before the transaction that records the turn.
    ///
    /// A policy that cannot be used is not an error: the turn continues without it, and the problem is reported.
    ///
    /// - Throws: the store's error.
    package static func inForce(_ policies: PolicyStore) async throws -> AssistRules {
        do {
            return AssistRules(policy: try await policies.policy(policyName))
        } catch let error as PolicyError {
            return error.code == .notFound ? builtIn : AssistRules(policy: nil, defect: "\(error)")
        }
    }

    /// Evaluates the policy; returns the advice in the order of its rules, and the problem, if there is one.
    ///
    /// If the policy fails, the turn continues without advice.
    func advice(on input: JSONObject, now: Int64) -> (advice: [Advice], failure: String?) {
        guard let policy else { return ([], defect) }
        let moment = PolicyClock.moment(now)
        let answer: Policy.Answer
        do {
            answer = try policy.evaluate(Self.decision, offering: input, now: { moment })
        } catch {
            return ([], "\(error)")
        }
        let rows: [JSON]
        switch answer.result {
        case .null: rows = []
        case .array(let elements): rows = elements
        default: rows = [answer.result]
        }
        let advice = rows.prefix(Self.maximumRows).compactMap(Advice.init)
        var failures = answer.failures
        if advice.count < rows.count { failures.append("advice without a kind, text and score, or more than is read") }
        return (advice, failures.isEmpty ? nil : failures.joined(separator: "; "))
    }
}

extension AssistRules.Advice {
    /// Reads a row; nil unless it has a valid kind, a text and a score.
    init?(_ json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(ActionKind.init), let text = json["text"]?.string,
            let score = json["score"]?.double
        else { return nil }
        self.kind = kind
        self.text = text
        self.score = min(max(score, 0), 1)
        about = json["about"]?.string ?? text
        because = json["because"]?.string
        target =
            if case .object(let members)? = json["target"] {
                JSONObject(members.members.filter { $0.value != .null })
            } else {
                nil
            }
    }
}
