import FEEL
import Testing

@Suite struct TypeTests {
    @Test func typesAreReadAndWritten() throws {
        for text in [
            "number", "list<number>", "context<a: number, b c: list<string>>", "range<date>",
            "function<number, string> -> Any",
            "years and months duration", "date and time",
        ] {
            #expect(try FEELType(text).description == text)
        }
        var scope = Scope()
        scope.declareType("tPerson", .context([.init(name: "age", type: .number)]))
        #expect(try FEELType("list<tPerson>", in: scope).description == "list<context<age: number>>")
        #expect(throws: SyntaxError.self) { try FEELType("tNobody", in: scope) }
    }

    @Test func conversionsFollowTheSpecification() {
        #expect(FEELType.list(.number).coercing(5).description == "[5]")
        #expect(FEELType.number.coercing(.list([5])).description == "5")
        #expect(FEELType.number.coercing("5").isNull)
        #expect(FEELType.number.converting(.null)?.isNull == true)
        #expect(FEELType.number.converting("5")?.isNull == nil)
        #expect(FEELType.list(.number).converting(.list(["a"]))?.isNull == nil)
        let date = Value(parsing: "2020-01-01", as: .date) ?? .null
        #expect(FEELType.dateAndTime.coercing(date).description == "2020-01-01T00:00:00Z")
        let person = FEELType.context([.init(name: "age", type: .number)])
        #expect(person.isInstance(.context(Context([("age", 5), ("name", "x")]))))
        #expect(!person.isInstance(.context(Context([("age", "5")]))))
        #expect(!person.isInstance(.context(Context())))
    }

    @Test(arguments: [
        (FEELType.number, "-1.50", "-1.50"), (.number, "abc", "none"), (.boolean, "true", "true"),
        (.boolean, "yes", "none"),
        (.date, "2020-02-30", "none"), (.dateAndTime, "2020-02-28", "2020-02-28T00:00:00"), (.string, "1", "\"1\""),
        (.daysAndTimeDuration, "P1Y", "none"), (.yearsAndMonthsDuration, "P13M", "P1Y1M"), (.list(.any), "[]", "none"),
    ])
    func textOfFilesIsReadByType(_ type: FEELType, _ text: String, _ expected: String) {
        #expect((Value(parsing: text, as: type)?.description ?? "none") == expected)
    }

    @Test func conformanceIsContravariantInParameters() {
        #expect(FEELType.function([.any], .number).conforms(to: .function([.string], .any)))
        #expect(!FEELType.function([.string], .number).conforms(to: .function([.any], .any)))
        #expect(FEELType.null.conforms(to: .number) && FEELType.number.conforms(to: .any))
        #expect(FEELType.list(.number).conforms(to: .list(.any)) && !FEELType.list(.any).conforms(to: .list(.number)))
    }

    @Test func expressionsTellTheirType() throws {
        #expect(try Expression("1 + 2").type == .number)
        #expect(try Expression("[1, 2]").type.description == "list<number>")
        #expect(try Expression("{a: \"x\"}.a").type == .string)
        #expect(try Expression("1 + 2").constant?.description == "3")
        #expect(try Expression("now()").constant?.isNull == nil)
    }
}
