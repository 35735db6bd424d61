import Access
import DMN
import FEEL
import IEEEDecimal
import Vocabulary

/// Reads the value of the decision `resolution`, and closes what is not as it must be.
struct VerdictReader {
    private static let maximumTier = 99
    private static let maximumReasons = 50

    let amount: Money?
    private let hasErrors: Bool
    /// What the reasons are read from; nil when they are not wanted, for they cost more than the verdict.
    private let explanation: Explanation?

    /// Reads verdicts with their reasons.
    init(amount: Money?, _ explanation: Explanation) {
        self.amount = amount
        self.explanation = explanation
        hasErrors = explanation.hasErrors
    }

    /// Reads verdicts without reasons.
    init(amount: Money?, hasErrors: Bool) {
        self.amount = amount
        self.hasErrors = hasErrors
        explanation = nil
    }

    /// The verdict; never "approved" unless the value says so without fault.
    func read(_ value: Value) -> Verdict {
        guard case .context(let result) = value else { return closed("The policy gave no result.") }
        guard case .string(let text)? = result["outcome"], let outcome = ResolutionOutcome(rawValue: text) else {
            return closed("The policy gave no outcome that is known.")
        }
        guard let limit = limit(result["limit"] ?? .null) else {
            return closed("The policy gave a limit that is none.")
        }
        switch outcome {
        case .denied: return verdict(.denied, limit, tier: nil, result)
        case .approvalRequired: return required(limit, result)
        case .approved:
            if hasErrors { return closed("A part of the policy could not be evaluated.") }
            if let amount, case .some(let most) = limit, amount.minorUnits > most.minorUnits {
                return closed("The policy approved \(amount), which is above its own limit, \(most).")
            }
            return verdict(.approved, limit, tier: nil, result)
        }
    }

    private func required(_ limit: Money?, _ result: Context) -> Verdict {
        guard let tier = tier(result["approver_tier"] ?? .null) else {
            return verdict(.approvalRequired, limit, tier: Verdict.highestTier, result)
        }
        return verdict(.approvalRequired, limit, tier: tier, result)
    }

    /// The limit, nil for none; nothing at all for what is no limit.
    private func limit(_ value: Value) -> Money?? {
        switch value {
        case .null: return .some(nil)
        case .number(let number):
            guard let currency = amount?.currency else { return number.isNegative ? .none : .some(nil) }
            return Money(number, currency).map { .some($0) }
        default: return .none
        }
    }

    private func tier(_ value: Value) -> Int? {
        let number: Int? =
            switch value {
            case .string(let text): Tier.number(text)
            case .number(let number): Int(exactly: number)
            default: nil
            }
        return number.flatMap { (1...Self.maximumTier).contains($0) ? $0 : nil }
    }

    private func verdict(_ outcome: ResolutionOutcome, _ limit: Money?, tier: Int?, _ result: Context) -> Verdict {
        var because: [String] = []
        if case .string(let reason)? = result["reason"], !reason.isEmpty { because.append(reason) }
        return Verdict(
            outcome: outcome,
            limit: limit,
            approverTier: tier,
            because: because + reasons,
            rules: explanation?.matchedRules ?? []
        )
    }

    private func closed(_ reason: String) -> Verdict {
        Verdict.closed([reason] + reasons, rules: explanation?.matchedRules ?? [])
    }

    /// The rules that matched, in words, then why values became null.
    private var reasons: [String] {
        guard let explanation else { return [] }
        let rules = explanation.tables.flatMap { table in
            table.rules.map { rule in
                let notes = rule.annotations.isEmpty ? "rule \(rule.number)" : rule.annotations.joined(separator: "; ")
                return "\(table.table): \(notes) (\(rule.id))"
            }
        }
        return Array((rules + explanation.reasons).prefix(Self.maximumReasons))
    }
}
