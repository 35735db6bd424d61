import DMN
import FEEL
import Policies
import Vocabulary

/// Decides recorded cases without making values of the language: JSON is read into packed values, and the outcome is read
/// from one.
///
/// Answers what ``ReplaySession`` answers, or not at all: for whatever is rare or wrong. Belongs to one thread.
final class PackedReplay {
    /// What became of a case, and what becomes of it now.
    struct Decided {
        let from: ResolutionOutcome
        let to: ResolutionOutcome
        let amount: Money?
    }

    private let session: PackedSession
    private let memory: PackedMemory
    private let sources: [PackedSource]
    private let parts: [PackedMember]
    private let outcome: PackedMember
    private let now: PackedMember
    private let amount: PackedMember
    private let currency: PackedMember
    private let limit: PackedMember
    private let reference: PackedMember
    /// The numbers of the texts of outcomes.
    private let outcomes: [(symbol: PackedValue, outcome: ResolutionOutcome)]
    /// Currencies that were met, by the numbers of their codes.
    @exclusivity(unchecked) private var currencies: [(symbol: Int64, currency: Currency?)] = []

    /// Makes a replay; refused when the decision has logic that has no packed form.
    init(_ decision: CompiledDecision, limits: Limits) throws(PackedRefusal) {
        session = try PackedSession(decision, limits: limits, texts: ResolutionOutcome.allCases.map(\.rawValue))
        let memory = session.memory
        self.memory = memory
        sources = try PackedSource.sources(of: decision)
        outcomes = ResolutionOutcome.allCases.map { (memory.symbol($0.rawValue), $0) }
        var parts: [PackedMember] = []
        for part in CasePart.allCases { parts.append(try memory.member(part.rawValue)) }
        self.parts = parts
        outcome = try memory.member("outcome")
        now = try memory.member("now")
        amount = try memory.member("amount")
        currency = try memory.member("currency")
        limit = try memory.member("limit")
        reference = try memory.member("reference")
    }

    /// What becomes of the case of a line of a file.
    ///
    /// - Throws: `PackedBailout` when another way must tell, also whether the line is a case at all.
    func decide(_ line: UnsafeBufferPointer<UInt8>) throws(PackedBailout) -> Decided {
        session.begin()
        let value = try memory.value(json: line)
        guard value.kind == .context, let outcome = outcome.value(in: value, memory),
            let from = known(outcome), let now = now.value(in: value, memory)
        else { throw PackedBailout() }
        let context = parts[CasePart.context.place].value(in: value, memory)
        let facts = Facts(
            request: try part(.request, of: value),
            agent: try part(.agent, of: value),
            customer: try part(.customer, of: value),
            history: try part(.history, of: value),
            context: context?.kind == .context ? context ?? .null : try memory.emptyContext(),
            moment: try moment(now)
        )
        return try decide(from, facts)
    }

    /// What becomes of a case as the ledger stores it; see ``CaseFacts/init(stored:personal:now:)``.
    ///
    /// - Throws: `PackedBailout` when another way must tell.
    func decide(
        stored: UnsafeBufferPointer<UInt8>,
        personal: UnsafeBufferPointer<UInt8>,
        verdict: UnsafeBufferPointer<UInt8>,
        now: Int64
    ) throws(PackedBailout) -> Decided {
        session.begin()
        let verdict = try memory.value(json: verdict)
        guard verdict.kind == .context, let outcome = outcome.value(in: verdict, memory), let from = known(outcome)
        else { throw PackedBailout() }
        let stored = try memory.value(json: stored)
        let personal = try memory.value(json: personal)
        guard stored.kind == .context, personal.kind == .context else { throw PackedBailout() }
        let request = try memory.putting(
            reference.value(in: personal, memory) ?? .null,
            reference,
            in: try part(.request, of: stored)
        )
        let facts = Facts(
            request: request,
            agent: try part(.agent, of: stored),
            customer: try part(.customer, of: personal),
            history: try part(.history, of: stored),
            context: try part(.context, of: personal),
            moment: now
        )
        return try decide(from, facts)
    }

    /// The inputs of a decision.
    private struct Facts {
        let request: PackedValue
        let agent: PackedValue
        let customer: PackedValue
        let history: PackedValue
        let context: PackedValue
        let moment: Int64
    }

    private func decide(_ from: ResolutionOutcome, _ facts: Facts) throws(PackedBailout) -> Decided {
        let amount = try amount(of: facts.request)
        let value = try session.evaluate { index in
            switch sources[index] {
            case .part(.request): facts.request
            case .part(.agent): facts.agent
            case .part(.customer): facts.customer
            case .part(.history): facts.history
            case .part(.context): facts.context
            case .moment: .moment(microseconds: facts.moment)
            case .none: .null
            }
        }
        return Decided(from: from, to: try read(value, amount), amount: amount)
    }

    /// A part, which must be an object.
    private func part(_ part: CasePart, of value: PackedValue) throws(PackedBailout) -> PackedValue {
        guard let found = parts[part.place].value(in: value, memory), found.kind == .context else {
            throw PackedBailout()
        }
        return found
    }

    private func known(_ value: PackedValue) -> ResolutionOutcome? {
        guard value.kind == .symbol else { return nil }
        for index in outcomes.indices where outcomes[index].symbol.payload == value.payload {
            return outcomes[index].outcome
        }
        return nil
    }

    /// A moment as lines have it; see `AuthorityPolicy.moment(of:)`.
    private func moment(_ value: PackedValue) throws(PackedBailout) -> Int64 {
        switch value.kind {
        case .number where value.detail == 0: return value.payload
        case .symbol, .bytes:
            guard let moment = AuthorityPolicy.moment(of: .string(memory.string(value))) else { throw PackedBailout() }
            return moment
        default: throw PackedBailout()
        }
    }

    // MARK: Money

    /// The amount asked for; see ``CaseFacts/amount``.
    private func amount(of request: PackedValue) throws(PackedBailout) -> Money? {
        guard let amount = amount.value(in: request, memory), amount.kind == .number,
            let code = currency.value(in: request, memory), let currency = currency(code), amount.payload > 0,
            let units = Self.minorUnits(amount, currency.digits)
        else { return nil }
        return Money(minorUnits: units, currency)
    }

    private func currency(_ code: PackedValue) -> Currency? {
        switch code.kind {
        case .symbol:
            for index in currencies.indices where currencies[index].symbol == code.payload {
                return currencies[index].currency
            }
            let currency = Currency(memory.string(code))
            currencies.append((code.payload, currency))
            return currency
        case .bytes: return Currency(memory.string(code))
        default: return nil
        }
    }

    /// The minor units of a number that is exact to them and in range; nil for every other.
    private static func minorUnits(_ number: PackedValue, _ digits: Int) -> Int64? {
        var units = number.payload
        var shift = number.detail + digits
        while shift < 0 {
            let (quotient, remainder) = units.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { return nil }
            if quotient == 0 { return 0 }
            units = quotient
            shift += 1
        }
        while shift > 0 {
            guard units.magnitude <= Money.maximumMinorUnits else { return nil }
            if units == 0 { return 0 }
            units *= 10
            shift -= 1
        }
        return units.magnitude <= Money.maximumMinorUnits ? units : nil
    }

    // MARK: Verdicts

    /// The outcome of a verdict; see ``VerdictReader``.
    ///
    /// Bails out for what is closed for a fault of the policy.
    private func read(_ value: PackedValue, _ amount: Money?) throws(PackedBailout) -> ResolutionOutcome {
        guard value.kind == .context, let text = outcome.value(in: value, memory), let outcome = known(text) else {
            throw PackedBailout()
        }
        guard let limit = limit.value(in: value, memory), !limit.isNull else { return outcome }
        guard limit.kind == .number, limit.payload >= 0 else { throw PackedBailout() }
        guard let amount else { return outcome }
        guard let most = Self.minorUnits(limit, amount.currency.digits) else { throw PackedBailout() }
        return outcome == .approved && amount.minorUnits > most ? .approvalRequired : outcome
    }
}
