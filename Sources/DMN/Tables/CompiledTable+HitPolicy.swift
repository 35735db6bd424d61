import FEEL
import IEEEDecimal

/// What a table answers from the rules that matched (clauses 8.2.10 and 10.3.2.10).
extension CompiledTable {
    func answer(_ matched: MatchedRules, _ frame: Frame, _ run: Run) -> Value {
        guard let first = matched.first else {
            return defaultResult(frame, run)
        }
        guard run.count(matched.count) else {
            return .null
        }
        switch hitPolicy {
        case .first:
            return result(of: first, frame, run)
        case .unique:
            return matched.count == 1 ? result(of: first, frame, run) : refuseOverlap(matched, run)
        case .any:
            return agreedResult(matched, frame, run)
        case .priority:
            return prioritized(matched, frame, run).first ?? .null
        case .outputOrder:
            return .list(prioritized(matched, frame, run))
        case .ruleOrder, .collect(nil):
            return .list(matched.map { result(of: $0, frame, run) })
        case .collect(let aggregation?):
            return aggregate(matched.map { result(of: $0, frame, run) }, aggregation, run)
        }
    }

    private func refuseOverlap(_ matched: MatchedRules, _ run: Run) -> Value {
        let rules = matched.prefix(8).map { String($0 + 1) }.joined(separator: ", ")
        return run.refuse("\(matched.count) rules of table '\(name)' match (rows \(rules)), only one may")
    }

    private func agreedResult(_ matched: MatchedRules, _ frame: Frame, _ run: Run) -> Value {
        let first = result(of: matched[0], frame, run)
        for rule in matched.dropFirst() {
            let other = result(of: rule, frame, run)
            if !first.equals(other).isTrue {
                return run.refuse(
                    "rows \(matched[0] + 1) and \(rule + 1) of table '\(name)' match and do not agree: "
                        + "\(first), \(other)"
                )
            }
        }
        return first
    }

    /// The results, highest priority first; those of equal priority in the order of the rules.
    private func prioritized(_ matched: MatchedRules, _ frame: Frame, _ run: Run) -> [Value] {
        let ranked = matched.map { rule -> (rank: [Int], value: Value) in
            let value = result(of: rule, frame, run)
            return (rank(of: value), value)
        }
        return ranked.enumerated()
            .sorted { left, right in
                left.element.rank == right.element.rank
                    ? left.offset < right.offset
                    : left.element.rank.lexicographicallyPrecedes(right.element.rank)
            }
            .map(\.element.value)
    }

    /// The priorities of a result's components, in the order of the columns; columns without output values are left out.
    func rank(of result: Value) -> [Int] {
        var ranks: [Int] = []
        for (column, output) in outputs.enumerated() where !output.allowed.isEmpty {
            guard shape != nil, case .context(let context) = result else {
                ranks.append(output.priority(of: result))
                continue
            }
            ranks.append(output.priority(of: context[position: column]))
        }
        return ranks
    }

    private func aggregate(_ results: [Value], _ aggregation: HitPolicy.Aggregation, _ run: Run) -> Value {
        if aggregation == .count {
            return .number(results.count)
        }
        guard shape == nil else {
            return run.refuse("table '\(name)' has several outputs, which cannot be summed up")
        }
        switch aggregation {
        case .sum: return sum(results, run)
        case .minimum: return extreme(results, sign: -1, run)
        case .maximum, .count: return extreme(results, sign: 1, run)
        }
    }

    private func sum(_ results: [Value], _ run: Run) -> Value {
        var total = Decimal128.zero
        for result in results {
            guard case .number(let number) = result else {
                return run.refuse("an output of table '\(name)' is \(result), expected a number to sum up")
            }
            total += number
        }
        guard total.isFinite else {
            return run.evaluation.fail(.arithmetic, at: SourcePosition(), "the sum of table '\(name)' is out of range")
        }
        return .number(total)
    }

    private func extreme(_ results: [Value], sign: Int, _ run: Run) -> Value {
        var best = results[0]
        for result in results {
            guard let order = result.compare(best) else {
                return run.refuse("outputs \(best) and \(result) of table '\(name)' cannot be compared")
            }
            if order == sign {
                best = result
            }
        }
        return best
    }
}
