import DMN
import FEEL
import Policies
import Synchronization
import Vocabulary

/// Evaluates a decision of the policy on the facts of a case, in packed values.
///
/// It answers what a `DecisionSession` answers, or nothing: for whatever is rare or wrong. It belongs to one thread at a time.
final class PackedDecider {
    private let session: PackedSession
    private let sources: [PackedSource]
    /// The rules met so far with their words, which take longer to write than the rule to be found.
    private var met: [PackedMatch: (id: String, text: String)] = [:]

    /// Makes a decider; refused when the decision has logic that has no packed form.
    init(_ decision: CompiledDecision, limits: Limits) throws(PackedRefusal) {
        sources = try PackedSource.sources(of: decision)
        session = try PackedSession(decision, limits: limits)
        session.notesRules = true
    }

    /// Whether it has seen so many names that it should be replaced by a new one.
    var isWornOut: Bool { session.memory.shapes.isCrowded }

    /// The value of the decision; nil when the interpreter must answer.
    func value(on facts: CaseFacts) -> Value? {
        do throws(PackedBailout) {
            session.begin()
            let memory = session.memory
            var values: [PackedValue] = []
            values.reserveCapacity(sources.count)
            for source in sources {
                switch source {
                case .part(let part): values.append(try memory.packed(part.object(of: facts)))
                case .moment: values.append(.moment(microseconds: facts.now))
                case .none: values.append(.null)
                }
            }
            return memory.value(try session.evaluate { values[$0] })
        } catch {
            return nil
        }
    }

    /// Which rules matched in the last evaluation.
    var grounds: VerdictGrounds {
        let matched = session.matches.map(described)
        return VerdictGrounds(rules: matched.map(\.id), reasons: matched.map(\.text))
    }

    private func described(_ match: PackedMatch) -> (id: String, text: String) {
        if let known = met[match] { return known }
        let matched = session.rule(of: match)
        let described = (matched.rule.id, matched.rule.text(in: matched.table))
        met[match] = described
        return described
    }
}

/// A part of a case.
enum CasePart: String, CaseIterable {
    case request, agent, customer, history, context

    /// The part's place among all.
    var place: Int {
        switch self {
        case .request: 0
        case .agent: 1
        case .customer: 2
        case .history: 3
        case .context: 4
        }
    }

    /// The part of these facts.
    func object(of facts: CaseFacts) -> JSONObject {
        switch self {
        case .request: facts.request
        case .agent: facts.agent
        case .customer: facts.customer
        case .history: facts.history
        case .context: facts.context
        }
    }
}

/// Where an input of a decision comes from.
enum PackedSource {
    case part(CasePart)
    case moment
    case none

    /// The sources of a decision's inputs, in its order.
    static func sources(of decision: CompiledDecision) throws(PackedRefusal) -> [PackedSource] {
        var sources: [PackedSource] = []
        for input in decision.inputs {
            let part = CasePart(rawValue: input.name)
            if part != nil, input.type != .any { throw PackedRefusal("the type of an input") }
            sources.append(input.name == "now" ? .moment : part.map(PackedSource.part) ?? .none)
        }
        return sources
    }
}

/// Objects that are costly to make and belong to one thread at a time, kept while nobody uses them.
final class IdlePool<Element>: @unchecked Sendable {
    // Sendable holds: the elements are reached under the lock only, and a borrowed one is only its borrower's.
    private let lock = Mutex<Void>(())
    private var idle: [Element] = []
    private let limit: Int

    /// Makes a pool that keeps at most `limit` objects.
    init(limit: Int = 16) { self.limit = limit }

    /// Borrows an object, or makes one.
    func borrow(or make: () -> Element) -> Element { lock.withLock { _ in idle.popLast() } ?? make() }

    /// Gives an object back.
    func giveBack(_ element: Element) {
        lock.withLock { _ in
            if idle.count < limit { idle.append(element) }
        }
    }
}
