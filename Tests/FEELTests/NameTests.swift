import FEEL
import Testing

@Suite struct NameTests {
    @Test(arguments: [
        ("a-b", "1"), ("a - b", "1"), ("(a)-(b)", "-7"), ("Applicant's age + 1", "31"), ("a+b * 2", "12"),
        ("Monthly   Salary", "100"), ("Monthly\n Salary / 2", "50"), ("profit and loss", "-4"), ("a", "3"),
        ("for sale", "true"), ("🐎 + 1", "3"), ("if a > 1 then Monthly Salary else a", "100"),
    ])
    func theLongestDeclaredNameWins(_ text: String, _ expected: String) {
        let actual = shown(
            text,
            [
                "a": 3, "b": 10, "a-b": 1, "a+b": 6, "Applicant's age": 30, "Monthly Salary": 100,
                "profit and loss": .number(-4), "for sale": true, "🐎": 2,
            ]
        )
        #expect(actual == expected)
    }

    @Test func typesTellTheNamesOfMembers() throws {
        var scope = Scope()
        let type = FEELType.context([
            .init(name: "net-price", type: .number), .init(name: "valid until", type: .date),
        ])
        let slot = scope.declare("offer", type: type)
        let list = scope.declare("offers", type: .list(type))
        let frame = Frame(evaluation: Evaluation())
        let offer = Value.context(Context([("net-price", 5), ("valid until", "x")]))
        frame[slot] = offer
        frame[list] = .list([offer, offer])
        #expect(try Expression("offer.net-price + 1", in: scope).evaluate(in: frame).description == "6")
        #expect(
            try Expression("offers[net-price = 5].valid until", in: scope).evaluate(in: frame).description
                == "[\"x\", \"x\"]"
        )
    }

    @Test func unknownNamesAreNullWithTheirPlace() throws {
        let expression = try Expression("1 +\n  other thing + 2")
        #expect(expression.unknownNames.map(\.position) == [SourcePosition(line: 2, column: 3)])
        let evaluation = Evaluation()
        #expect(expression.evaluate(evaluation).isNull)
        #expect(evaluation.diagnostics.first?.kind == .unknownName)
    }

    @Test func localNamesHideTheScope() {
        #expect(shown("for a in [1] return a", ["a": 5]) == "[1]")
        #expect(shown("[{a: 1}][a = 5]", ["a": 5]) == "[]")
        #expect(shown("{count: 3, r: count + 1}.r") == "4")
    }
}
