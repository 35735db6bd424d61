import FEEL
import Testing

/// Conformance of function types, and functions where a function type is declared (DMN 1.5, 10.3.2.9).
@Suite struct FunctionTypeTests {
    private static func function(_ text: String) -> Value { value(text) }

    @Test(arguments: [
        ("function<number> -> number", "function<number> -> Any", true),
        ("function<number> -> Any", "function<number> -> number", false),
        ("function<Any> -> number", "function<number> -> number", true),
        ("function<number> -> number", "function<Any> -> number", false),
        ("function<number> -> number", "function<number, number> -> number", false),
        ("function<> -> string", "function<> -> string", true), ("function<> -> string", "function", true),
        ("function<function<Any> -> number> -> Any", "function<function<number> -> number> -> Any", false),
        ("function<function<number> -> number> -> Any", "function<function<Any> -> number> -> Any", true),
        ("function<> -> function<Any> -> number", "function<> -> function<number> -> Any", true),
        ("function<list<Any>> -> list<number>", "function<list<number>> -> list<Any>", true),
        ("function<context<a: number>> -> number", "function<context<a: number, b: string>> -> number", true),
        ("function<context<a: number, b: string>> -> number", "function<context<a: number>> -> number", false),
    ])
    func parametersMayBeWiderAndResultsNarrower(_ type: String, _ wanted: String, _ conforms: Bool) throws {
        #expect(try FEELType(type).conforms(to: FEELType(wanted)) == conforms)
    }

    @Test(arguments: [
        ("function(x: number) x + 1", "function<number> -> number", "true"),
        ("function(x) \"a\"", "function<number> -> string", "true"),
        ("function(x: string) x", "function<number> -> Any", "false"),
        ("function(x: number) x > 1", "function<number> -> string", "false"),
        ("function(x: number) string(x)", "function<number> -> string", "true"),
        ("function(l: list<number>) l[1]", "function<list<number>> -> number", "true"),
        ("function(l: list<number>) l[item > 1]", "function<list<number>> -> list<number>", "true"),
        ("function() {a: 1}", "function<> -> context<a: number>", "true"),
        ("function() if 1 > 2 then {a: 1} else {b: 1}", "function<> -> context<a: number>", "false"),
        ("function() if 1 > 2 then 1 else null", "function<> -> number", "true"),
        ("function() function(x: number) x", "function<> -> function<number> -> number", "true"),
        ("abs", "function<number> -> number", "true"),
        ("abs", "function<days and time duration> -> days and time duration", "true"),
        ("abs", "function<string> -> number", "false"), ("substring", "function<string, number> -> string", "true"),
        ("substring", "function<string, number, number> -> string", "true"),
        ("substring", "function<string> -> string", "false"), ("sum", "function<number, number> -> number", "true"),
        ("starts with", "function<string, string> -> boolean", "true"),
        ("starts with", "function<string, string> -> number", "false"),
        ("max", "function<number, number> -> number", "false"), ("max", "function<number, number> -> Any", "true"),
        ("before", "function<date, date> -> boolean", "true"), ("count", "function<list<string>> -> number", "true"),
    ])
    func instancesAreTold(_ function: String, _ type: String, _ expected: String) {
        #expect(shown("(\(function)) instance of \(type)") == expected)
    }

    @Test func instanceOfTakesNothingForGranted() {
        #expect(shown("(function(x) x) instance of function<number> -> number") == "false")
        #expect(shown("(function(x) x) instance of function<number> -> Any") == "true")
    }

    @Test(arguments: [
        ("function(x) x + 1", "3"), ("function(x: number) x * x", "4"), ("abs", "2"), ("max", "2"),
        ("function(x) string(x)", "null"), ("function(x: string) 1", "null"), ("function() 1", "null"), ("7", "null"),
        ("[function(x) x]", "2"), ("function(x) [x]", "null"), ("function(x) if x > 0 then [x] else \"a\"", "2"),
    ])
    func argumentsBecomeWhatTheParameterSays(_ argument: String, _ expected: String) throws {
        #expect(shown("(function(f: function<number> -> number) f(2))(\(argument))") == expected)
    }

    @Test func resultsLeftOpenAreConvertedAndOthersAreNull() throws {
        let type = try FEELType("function<Any> -> number")
        let evaluation = Evaluation()
        guard case .function(let function) = type.coercing(Self.function("function(x) x")) else {
            Issue.record("a function whose text leaves its results open conforms")
            return
        }
        #expect(function.type == type)
        #expect(function.call([.list([5])], evaluation).description == "5")
        #expect(function.call(["five"], evaluation).isNull)
        #expect(evaluation.diagnostics.map(\.message) == ["the function's result, a string, is no number"])
    }

    @Test func functionsInsideListsAndContextsBecomeTheirType() throws {
        let list = try FEELType("list<function<number> -> number>")
        #expect(list.coercing(Self.function("[function(x) x, abs]")).description.hasPrefix("[function"))
        #expect(list.coercing(Self.function("function(x) x")).description.hasPrefix("[function"))
        #expect(list.coercing(Self.function("[function(x) \"a\"]")).isNull)
        let context = try FEELType("context<f: function<Any> -> number>")
        #expect(context.coercing(Self.function("{f: function(x) x, g: 1}")).description == "{f: function(x), g: 1}")
        #expect(context.coercing(Self.function("{f: 1}")).isNull)
    }

    @Test func whatIsAlreadyOfTheTypeStaysTheSame() throws {
        let type = try FEELType("function<number> -> number")
        guard case .function(let function) = Self.function("function(x: number) x + 1"),
            case .function(let same) = type.coercing(.function(function))
        else {
            Issue.record("the function conforms")
            return
        }
        #expect(function === same)
    }
}
