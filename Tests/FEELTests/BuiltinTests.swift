import FEEL
import Testing

@Suite struct BuiltinTests {
    @Test(arguments: [
        ("substring(\"foobar\", 3)", "\"obar\""), ("substring(\"foobar\", -2, 1)", "\"a\""),
        ("substring(\"foobar\", 7)", "null"),
        ("substring(\"foobar\", 0)", "null"), ("substring(\"foobar\", 3, 9)", "null"),
        ("substring(\"🐎ab\", 2)", "\"ab\""),
        ("string length(\"🐎ab\")", "3"), ("upper case(\"aBc4\")", "\"ABC4\""), ("lower case(\"ABC\")", "\"abc\""),
        ("substring before(\"foobar\", \"bar\")", "\"foo\""), ("substring before(\"foobar\", \"xyz\")", "\"\""),
        ("substring after(\"foobar\", \"ob\")", "\"ar\""), ("substring after(\"abc\", \"\")", "\"abc\""),
        ("contains(\"foobar\", \"of\")", "false"), ("substring after(\"aabaabaaab\", \"aabaaa\")", "\"b\""),
        ("starts with(\"foobar\", \"fo\")", "true"), ("ends with(\"foobar\", \"r\")", "true"),
        ("contains([\"foobar\"], \"ob\")", "true"),
        ("string join([\"a\", null, \"c\"], \"X\")", "\"aXc\""), ("string join([\"a\", \"b\"], null)", "\"ab\""),
        ("string join([])", "\"\""), ("string join([1])", "null"),
    ])
    func strings(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("number(\"1 000,0\", \" \", \",\")", "1000.0"), ("number(\"1,000.5\", \",\", \".\")", "1000.5"),
        ("number(\"1.0\", \".\", \".\")", "null"),
        ("number(\"x\", null, null)", "null"), ("number(\"-5\", null, null)", "-5"), ("string(1.1)", "\"1.1\""),
        ("string(null)", "null"),
        ("string([1, \"a\", {b: null}])", "\"[1, \\\"a\\\", {b: null}]\""),
        ("string(1000000000000000000000)", "\"1000000000000000000000\""), ("string(@\"PT36H\")", "\"P1DT12H\""),
        ("string({\"a,b\": 1})", "\"{\\\"a,b\\\": 1}\""), ("string(-0)", "\"0\""), ("string(from: true)", "\"true\""),
        ("string(form: true)", "null"),
    ])
    func conversions(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("decimal(1/3, 2)", "0.33"), ("decimal(2.5, 0)", "2"), ("floor(-1.56, 1)", "-1.6"), ("ceiling(1.2)", "2"),
        ("round up(1.121, 2)", "1.13"),
        ("round down(-5.5, 0)", "-5"), ("round half up(-1.5, 0)", "-2"), ("round half down(-1.5, 0)", "-1"),
        ("round up(5.5)", "null"), ("abs(@\"-PT5H\")", "PT5H"),
        ("modulo(-12, 5)", "3"), ("modulo(12, -5)", "-3"), ("modulo(1, 0)", "null"), ("sqrt(16)", "4"),
        ("sqrt(-1)", "null"), ("log(0)", "null"), ("exp(0)", "1"),
        ("odd(5)", "true"), ("even(5)", "false"), ("odd(-3)", "true"), ("even(0.5)", "false"),
        ("decimal(1, 7000)", "null"), ("abs()", "null"), ("abs(1, 2)", "null"),
    ])
    func numbers(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("list contains([1, null], null)", "true"), ("count([1, [2, 3]])", "2"), ("count(1)", "1"),
        ("min(1, 2, 3)", "1"), ("max([\"a\", \"b\"])", "\"b\""), ("max([])", "null"),
        ("min([1, \"a\"])", "null"), ("sum(1, 2, 3)", "6"), ("sum([])", "null"), ("mean([1, 2, 4, 5])", "3"),
        ("all([true, null])", "null"), ("all([false, null])", "false"), ("any([])", "false"),
        ("sublist([4, 5, 6], 1, 2)", "[4, 5]"), ("sublist([4, 5, 6], -2)", "[5, 6]"),
        ("sublist([4, 5, 6], 2, 3)", "null"), ("append([1], 2, 3)", "[1, 2, 3]"), ("append(1, [2])", "[1, [2]]"),
        ("concatenate([1, 2], [3])", "[1, 2, 3]"), ("insert before([1, 3], 2, 9)", "[1, 9, 3]"),
        ("insert before([1], 3, 9)", "null"), ("remove([1, 2, 3], 2)", "[1, 3]"), ("reverse([1, 2])", "[2, 1]"),
        ("index of([1, 2, 3, 2], 2)", "[2, 4]"), ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("distinct values([1, \"1\", 1.0, null, null])", "[1, \"1\", null]"),
        ("flatten([[1, [2]], [[[3]]], 4])", "[1, 2, 3, 4]"),
        ("product(2, 3, 4)", "24"), ("median(8, 2, 5, 3, 4)", "4"), ("median([6, 1, 2, 3])", "2.5"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"), ("stddev(1)", "null"),
        ("mode([6, 1, 9, 6, 1])", "[1, 6]"), ("mode([])", "[]"),
        ("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
        ("list replace([1], function(a, b) 1, 2)", "null"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ("sort(precedes: function(a, b) a < b, list: [2, 1])", "[1, 2]"), ("count(null)", "null"),
        ("concatenate([1], null)", "null"),
    ])
    func lists(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("get value({a: 1}, \"a\")", "1"), ("get value({a: 1}, \"b\")", "null"),
        ("get entries({a: 1})", "[{key: \"a\", value: 1}]"),
        ("context([{key: \"a\", value: 1}, {key: \"b\", value: 2}])", "{a: 1, b: 2}"),
        ("context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null"), ("context([{key: \"a\"}])", "null"),
        ("context put({x: 1, y: 0, z: 0}, \"y\", 2)", "{x: 1, y: 2, z: 0}"),
        ("context put({x: 1, y: {a: 0}}, [\"y\", \"a\"], 2)", "{x: 1, y: {a: 2}}"),
        ("context put({x: 1}, [], 2)", "null"), ("context merge([{x: 1, y: 0}, {y: 2}])", "{x: 1, y: 2}"),
        ("is(@\"23:00:50Z\", @\"23:00:50+00:00\")", "true"), ("is(1, 1.0)", "true"), ("is(null, 1)", "false"),
    ])
    func contexts(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func searchAgreesWithAnObviousOne() {
        var generator = SeededGenerator(5)
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...60, using: &generator)).map { _ in "aab".randomElement(using: &generator) ?? "a"
                }
            )
            let match = String(
                (0..<Int.random(in: 0...20, using: &generator)).map { _ in "aab".randomElement(using: &generator) ?? "a"
                }
            )
            let characters = Array(text)
            let expected = (0...text.count).first { characters[$0...].starts(with: match) }
            let before = value("substring before(t, m)", ["t": .string(text), "m": .string(match)]).text
            #expect(before == (expected.map { String(characters[..<$0]) } ?? ""))
            #expect(value("contains(t, m)", ["t": .string(text), "m": .string(match)]).isTrue == (expected != nil))
        }
    }

    @Test func hostFunctionsTakeCoercedArguments() {
        let twice = Function(name: "twice", parameters: [.init(name: "n", type: .number)], resultType: .number) {
            arguments,
            _ in
            guard case .number(let number) = arguments[0] else { return .null }
            return .number(number + number)
        }
        #expect(shown("twice(4)", ["twice": .function(twice)]) == "8")
        #expect(shown("twice(n: [4])", ["twice": .function(twice)]) == "8")
        #expect(shown("twice(\"4\")", ["twice": .function(twice)]) == "null")
        #expect(shown("twice instance of function<number> -> number", ["twice": .function(twice)]) == "true")
        #expect(twice.call([2], Evaluation()).description == "4")
    }

    @Test func errorsAreRecordedWithKindAndPlace() throws {
        let evaluation = Evaluation()
        evaluation.source = "Discount"
        #expect(try Expression("1 +\n 2 / 0").evaluate(evaluation).isNull)
        let first = try #require(evaluation.diagnostics.first)
        #expect(first.kind == .arithmetic && first.source == "Discount" && first.position.line == 2)
        evaluation.reset()
        #expect(evaluation.diagnostics.isEmpty)
    }
}
