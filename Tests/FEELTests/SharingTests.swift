import FEEL
import Testing

@Suite struct SharingTests {
    @Test func oneExpressionServesManyThreads() async throws {
        var scope = Scope()
        let slot = scope.declare("n")
        let expression = try Expression(
            "{f: function(x) if x < 2 then 1 else x * f(x - 1), r: f(n), s: matches(string(r), \"^[0-9]+$\")}",
            in: scope
        )
        let results = await withTaskGroup(of: String.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let frame = Frame(evaluation: Evaluation())
                    var last = ""
                    for _ in 0..<50 {
                        frame[slot] = .number(task)
                        last =
                            (expression.evaluate(in: frame).description.split(separator: "r: ").last ?? "").description
                    }
                    return last
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(results.contains("5040, s: true}") && results.contains("1, s: true}") && results.count == 7)
    }

    @Test func framesKeepTheirVariables() throws {
        var scope = Scope()
        let first = scope.declare("a")
        let second = scope.declare("b", type: .number)
        let frame = Frame(slotCount: scope.slotCount, evaluation: Evaluation())
        frame[first] = 1
        frame[second] = 2
        let loop = try Expression("for i in 1..3 return i + a + b", in: scope)
        #expect(loop.evaluate(in: frame).description == "[4, 5, 6]")
        #expect(frame[first].description == "1" && frame[second].description == "2")
        #expect(scope.variable(named: "b")?.slot == second && scope.variables.map(\.name) == ["a", "b"])
    }

    @Test func contextsKeepTheOrderOfTheirEntries() {
        let keys = (0..<20).map { "k\($0)" }
        let context = Context(keys.map { ($0, .number(1)) }).putting(5, for: "k3").putting(6, for: "new")
        #expect(context.shape.keys == keys + ["new"])
        #expect(context["k3"]?.description == "5" && context["none"]?.isNull == nil)
    }
}
