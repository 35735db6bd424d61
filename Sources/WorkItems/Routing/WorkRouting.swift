package import DMN
package import Policies
package import Vocabulary

/// Who gets a new item, how urgent it is, and until when: what the policy `work` decides.
package struct WorkRoute: Sendable, Hashable {
    /// The team; nil for that of the kind.
    package var team: String?
    /// The priority; nil for that of the kind.
    package var priority: WorkPriority?
    /// The business time until it is done; nil for that of the kind.
    package var within: Duration?
    /// The moment until which it is done; nil for that of the kind.
    package var due: Int64?
    /// The rules that matched, and why there is no sound answer.
    package var because: [String] = []
}

/// Asks the policy `work` for the route of an item.
///
/// A policy that is missing, fails, or answers null loses no item: it stays with its kind's team, priority and times, and says so.
package struct WorkRouting: Sendable {
    /// The name of the policy.
    package static let policyName = "work"
    /// The decision that is asked for each new item.
    package static let decision = "route"
    /// How many reasons an item keeps, each of at most ``longestReason`` characters.
    private static let maximumReasons = 12
    private static let longestReason = 300

    private let policy: Policy?
    /// Why the policy cannot be had.
    private let defect: String?

    /// A router; without a policy, `defect` says why.
    package init(_ policy: Policy?, defect: String? = nil) { (self.policy, self.defect) = (policy, defect) }

    /// The findings about a model that is to be published as the policy; empty if it has the decision that is asked.
    @Sendable package static func findings(in model: CompiledModel) -> [Finding] {
        guard !model.decisionNames.contains(decision) else { return [] }
        return [Finding(.error, .missing, "the model has no decision '\(decision)'")]
    }

    /// What the policy sees of an item; a model that does not want an input leaves it out.
    ///
    /// - Parameters:
    ///   - kind: its kind.
    ///   - subject: what it is about.
    ///   - customer: what is known of the customer.
    ///   - agent: who creates it.
    ///   - isOpen: whether its kind's team has business hours now.
    /// - Returns: the inputs by name.
    package static func input(
        kind: String,
        subject: WorkItem.Subject?,
        customer: JSONObject,
        agent: JSONObject,
        isOpen: Bool
    ) -> JSONObject {
        [
            "kind": .string(kind),
            "subject": subject.map { ["type": .string($0.type.rawValue), "id": .string($0.id)] } ?? .null,
            "customer": .object(customer),
            "agent": .object(agent),
            "open": .bool(isOpen),
        ]
    }

    /// The route of an item.
    package func route(_ input: JSONObject, now: Int64) -> WorkRoute {
        guard let policy else {
            return WorkRoute(because: ["the kind decides: \(defect ?? "there is no policy “\(Self.policyName)”")"])
        }
        do {
            let moment = PolicyClock.moment(now)
            return Self.read(try policy.evaluate(Self.decision, offering: input, now: { moment }), now: now)
        } catch {
            return WorkRoute(because: Self.bounded(["the kind decides: \(error)"]))
        }
    }

    /// A member that is not what it should be is left to the kind, and said.
    private static func read(_ answer: Policy.Answer, now: Int64) -> WorkRoute {
        guard case .object(let members) = answer.result else {
            return WorkRoute(because: bounded(answer.because + ["the kind decides: the rules give no route"]))
        }
        var (route, misfits) = (WorkRoute(), [String]())
        switch members["team"] {
        case .string(let team)? where !team.isEmpty: route.team = team
        case nil, .null?: break
        default: misfits.append("team is no name")
        }
        switch members["priority"] {
        case .string(let text)?:
            route.priority = WorkPriority(rawValue: text)
            if route.priority == nil { misfits.append("there is no priority “\(text)”") }
        case nil, .null?: break
        default: misfits.append("priority is no text")
        }
        switch members["due"] {
        case .string(let text)?:
            route.within = WorkTime.read(iso: text) ?? WorkTime.read(text)
            if route.within == nil { route.due = Timestamp(text)?.microseconds }
            if let due = route.due, due <= now { route.due = nil }
            if route.within == nil, route.due == nil {
                misfits.append("due “\(text)” is neither a time to come nor a duration")
            }
        case nil, .null?: break
        default: misfits.append("due is no time")
        }
        route.because = bounded(answer.because + misfits.map { "the kind decides: \($0)" })
        return route
    }

    private static func bounded(_ reasons: [String]) -> [String] {
        reasons.prefix(maximumReasons).map { String($0.prefix(longestReason)) }
    }
}
