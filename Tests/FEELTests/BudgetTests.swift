import FEEL
import IEEEDecimal
import Testing

/// The budget of steps: costly operations count by what they cost, so that no text takes longer than its budget says.
@Suite struct BudgetTests {
    /// The budget under which policies and scripts are evaluated.
    private static let serverSteps = 20_000

    private static func evaluation(steps: Int = serverSteps) -> Evaluation {
        var limits = Limits()
        limits.steps = steps
        return Evaluation(limits: limits)
    }

    private static let list = "for k in 1..400 return k / 7"
    private static let text = "string join(for k in 1..400 return \"äbcdefghij\")"

    /// Operations with the most passes of a loop that 20,000 steps allow them, each pass counting at least that much.
    @Test(arguments: [
        ("2 ** 0.1", 720), ("(i + 0.5) ** 0.1", 720), ("1.0000001 ** 256", 720), ("1.0000001 ** i", 720),
        ("i ** -0.5", 720), ("exp(i / 100)", 1_400), ("log(i)", 1_400), ("sqrt(i)", 10_000),
        ("matches(\"aaaaaaaaaaaaaaaaaaaaaaaa\", \"(a+)+b\")", 2),
        ("matches(\"aaaaaaaaaaaaaaaaaaaa\" + string(i), \"(a|aa)+$\")", 2_000), ("matches(t, \"z\" + string(i))", 40),
        ("replace(t, \"b\", string(i))", 40), ("split(t, \"b\")", 40), ("split(t, string(i))", 40),
        ("string(l)", 40), ("string(l) + string(i)", 40), ("string([t])", 70), ("upper case(t)", 140),
        ("sort(l, function(x, y) x < y)", 16), ("sort(l, function(x, y) 2 ** x < 2 ** y)", 1),
        ("concatenate(l, [i])", 100), ("append(l, i)", 100), ("insert before(l, 1, i)", 100), ("reverse(l)", 100),
        ("list replace(l, function(x, y) false, i)", 20), ("distinct values(l)", 40), ("union(l, l)", 25),
        ("flatten([l, [i]])", 100), ("sublist(l, 2)", 100), ("sum(l)", 180), ("stddev(l)", 80), ("median(l)", 80),
        ("string join(for k in l return \"a\")", 40), ("number(\"1\" + string(i))", 7_000),
        ("range(\"[1..2]\")", 1_200),
        ("context merge([{a: 1}, {b: i}])", 4_000), ("context put({a: 1}, \"b\", i)", 5_000), ("l.x", 100),
        ("[i, i, i, i, i, i, i, i, i, i]", 4_000), ("{a: i, b: i, c: i, d: i, e: i, f: i, g: i, h: i}", 9_000),
        ("i + i + i + i + i + i + i + i + i + i + i + i + i + i + i + i", 5_000),
    ])
    func costlyOperationsAreRefusedInLoops(_ operation: String, _ passes: Int) throws {
        let text = "{l: \(Self.list), t: \(Self.text), r: for i in 1..\(passes) return [\(operation)]}.r"
        let evaluation = Self.evaluation()
        #expect(try Expression(text).evaluate(evaluation).isNull)
        #expect(evaluation.diagnostics.contains { $0.kind == .limit })
        // What goes beyond the budget is at most one operation and what encloses it.
        #expect(evaluation.steps < 2 * Self.serverSteps)
    }

    @Test(arguments: [
        "for i in 1..200 return 2 ** 0.1", "for i in 1..300 return exp(i / 100)", "for i in 1..5000 return i + 1",
        "for i in 1..300 return matches(\"order \" + string(i), \"^order [0-9]+$\")",
        "sort(for i in 1..150 return modulo(i * 7, 31), function(x, y) x < y)",
        "sum(for i in 1..4000 return i)", "for i in 1..500 return date(\"2024-01-01\") + duration(\"P1D\") * i",
        "{pmt: function(p, r, n) p * (r / 12) / (1 - (1 + r / 12) ** -n), r: for n in 1..200 return pmt(1000, 0.05, n)}",
    ])
    func ordinaryWorkIsWithinTheBudgetOfAServer(_ text: String) throws {
        let evaluation = Self.evaluation()
        #expect(try !Expression(text).evaluate(evaluation).isNull)
        #expect(evaluation.diagnostics.isEmpty)
    }

    @Test func constantPartsCountAsTheyAreWritten() throws {
        let (folded, written) = (Self.evaluation(steps: 1_000_000), Self.evaluation(steps: 1_000_000))
        _ = try Expression("for i in 1..1000 return 2 ** 0.1").evaluate(folded)
        _ = try Expression("for i in 1..1000 return (i + 2) ** 0.1").evaluate(written)
        #expect(abs(folded.steps - written.steps) < 2_000)
    }

    @Test func nothingCostlyIsDoneOnceTheBudgetIsUsedUp() throws {
        let evaluation = Self.evaluation(steps: 10)
        let text =
            "{a: for i in 1..100 return i, b: exp(1.5 + count([a])), c: (count([a]) + 1.5) ** 0.1, "
            + "d: sqrt(count([a]))}"
        guard case .context(let context) = try Expression(text).evaluate(evaluation) else {
            Issue.record("a context is expected")
            return
        }
        #expect(context.values.allSatisfy { $0.isNull })
    }

    @Test func theLimitIsReportedWhateverElseWas() throws {
        var limits = Limits()
        limits.steps = 2_000
        let evaluation = Evaluation(limits: limits)
        _ = try Expression("for i in 1..1000000 return i + \"a\"").evaluate(evaluation)
        #expect(evaluation.diagnostics.contains { $0.kind == .limit })
        #expect(evaluation.isExhausted)
    }

    @Test func longMessagesCount() throws {
        let evaluation = Self.evaluation()
        _ = try Expression("{t: \(Self.text), r: for i in 1..50 return [t + t..t]}").evaluate(evaluation)
        #expect(evaluation.isExhausted)
    }
}
