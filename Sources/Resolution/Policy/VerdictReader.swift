import Access
import DMN
import FEEL
import IEEEDecimal
import Vocabulary

/// Which rules led to a verdict.
struct VerdictGrounds {
    /// The ids of the rules that matched, in the order of evaluation.
    var rules: [String] = []
    /// The rules that matched in words, then why values became null.
    var reasons: [String] = []

    init(rules: [String], reasons: [String]) { (self.rules, self.reasons) = (rules, reasons) }

    init(_ explanation: Explanation) {
        rules = explanation.matchedRules
        reasons =
            explanation.tables.flatMap { table in table.rules.map { $0.text(in: table.table) } } + explanation.reasons
    }
}

extension Explanation.RuleRecord {
    /// The rule in words.
    func text(in table: String) -> String {
        let notes = annotations.isEmpty ? "rule \(number)" : annotations.joined(separator: "; ")
        return "\(table): \(notes) (\(id))"
    }
}

/// Reads the value of the decision `resolution`, and closes what is not as it must be.
struct VerdictReader {
    private static let maximumTier = 99
    /// A year of business time around the clock.
    private static let maximumBusinessMinutes = 366 * 1_440
    private static let maximumReasons = 50

    let amount: Money?
    let hasErrors: Bool
    /// The reasons; nil when they are not wanted, because they cost more than the verdict.
    var grounds: VerdictGrounds?

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
        let tier = tier(result["approver_tier"] ?? .null) ?? Verdict.highestTier
        let value = result["expires_in_business_minutes"] ?? .null
        let minutes = businessMinutes(value)
        let fault = minutes == nil && !value.isNull ? "The policy gave a time to decide that is none." : nil
        return verdict(.approvalRequired, limit, tier: tier, minutes: minutes, fault: fault, result)
    }

    private func businessMinutes(_ value: Value) -> Int? {
        guard case .number(let number) = value, let minutes = Int(exactly: number),
            (1...Self.maximumBusinessMinutes).contains(minutes)
        else { return nil }
        return minutes
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

    private func verdict(
        _ outcome: ResolutionOutcome,
        _ limit: Money?,
        tier: Int?,
        minutes: Int? = nil,
        fault: String? = nil,
        _ result: Context
    ) -> Verdict {
        var because: [String] = []
        if case .string(let reason)? = result["reason"], !reason.isEmpty { because.append(reason) }
        if let fault { because.append(fault) }
        return Verdict(
            outcome: outcome,
            limit: limit,
            approverTier: tier,
            businessMinutes: minutes,
            because: because + reasons,
            rules: grounds?.rules ?? []
        )
    }

    private func closed(_ reason: String) -> Verdict {
        Verdict.closed([reason] + reasons, rules: grounds?.rules ?? [])
    }

    private var reasons: [String] { Array((grounds?.reasons ?? []).prefix(Self.maximumReasons)) }
}
