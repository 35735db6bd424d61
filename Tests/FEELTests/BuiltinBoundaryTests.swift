import FEEL
import Testing

/// The functions of the language at the ends of strings, lists and scales.
@Suite struct BuiltinBoundaryTests {
    @Test func `substrings and sublists count from one, or from the end`() {
        let letters = Array("abcde")
        for start in -7...7 {
            for length in [Int?.none] + (-1...7).map(Int?.some) {
                let first = start > 0 ? start - 1 : letters.count + start
                let isThere = start != 0 && first >= 0 && first < letters.count
                let count = length ?? letters.count - first
                let isFine = isThere && count >= 1 && first + count <= letters.count
                let end = length.map { ", \($0)" } ?? ""
                let text = isFine ? "\"\(String(letters[first..<(first + count)]))\"" : "null"
                #expect(shown("substring(\"abcde\", \(start)\(end))") == text, "\(start)\(end)")
                let list =
                    isFine ? "[\((first..<(first + count)).map { String($0 + 1) }.joined(separator: ", "))]" : "null"
                #expect(shown("sublist([1, 2, 3, 4, 5], \(start)\(end))") == list, "\(start)\(end)")
            }
        }
    }

    @Test func `edits reach every place of a list and none beyond`() {
        for position in -4...4 {
            let offset = position > 0 ? position - 1 : 3 + position
            let isThere = position != 0 && (0..<3).contains(offset)
            func expected(_ change: (inout [String]) -> Void) -> String {
                var list = ["1", "2", "3"]
                guard isThere else { return "null" }
                change(&list)
                return "[\(list.joined(separator: ", "))]"
            }
            #expect(shown("insert before([1, 2, 3], \(position), 9)") == expected { $0.insert("9", at: offset) })
            #expect(shown("remove([1, 2, 3], \(position))") == expected { $0.remove(at: offset) })
            #expect(shown("list replace([1, 2, 3], \(position), 9)") == expected { $0[offset] = "9" })
            #expect(shown("[1, 2, 3][\(position)]") == (isThere ? String(offset + 1) : "null"))
        }
        for text in [
            "insert before([1], 1.5, 9)", "remove([1], 0.5)", "sublist([1], 1.5)", "remove([], 1)",
            "insert before([], 1, 9)",
        ] {
            #expect(shown(text) == "null")
        }
    }

    @Test(
        arguments: [
            ("decimal(2.5, 0)", "2"), ("decimal(3.5, 0)", "4"), ("decimal(-2.5, 0)", "-2"), ("decimal(2.55, 1)", "2.6"),
            ("decimal(2.45, 1)", "2.4"),
            ("round up(5.1, 0)", "6"), ("round up(-5.1, 0)", "-6"), ("round up(5, 0)", "5"),
            ("round down(5.9, 0)", "5"), ("round down(-5.9, 0)", "-5"),
            ("round half up(5.5, 0)", "6"), ("round half up(5.4, 0)", "5"), ("round half up(-5.5, 0)", "-6"),
            ("round half down(5.5, 0)", "5"),
            ("round half down(5.51, 0)", "6"), ("round half down(-5.5, 0)", "-5"), ("floor(1.5)", "1"),
            ("floor(-1.5)", "-2"), ("ceiling(-1.5)", "-1"),
            ("floor(1.56, 1)", "1.5"), ("ceiling(1.51, 1)", "1.6"), ("decimal(155, -1)", "160"),
            ("decimal(1, 6176)", nil), ("decimal(0, 6176)", nil),
            ("decimal(1, 6177)", "null"), ("decimal(1, -6111)", nil), ("decimal(1, -6112)", "null"),
            ("decimal(1, 0.5)", "1"), ("abs(-5)", "5"), ("abs(5)", "5"), ("abs(0)", "0"),
            ("abs(@\"-P1Y\")", "P1Y"), ("abs(@\"P1Y\")", "P1Y"), ("abs(@\"-P1D\")", "P1D"), ("abs(@\"P1D\")", "P1D"),
            ("abs(\"x\")", "null"),
            ("modulo(10, 3)", "1"), ("modulo(-10, 3)", "2"), ("modulo(10, -3)", "-2"), ("modulo(-10, -3)", "-1"),
            ("modulo(9, 3)", "0"), ("modulo(-9, 3)", "0"),
            ("modulo(10.1, 4.5)", "1.1"), ("modulo(-10.1, 4.5)", "3.4"), ("modulo(5, 0)", "null"), ("sqrt(0)", "0"),
            ("sqrt(2.25)", "1.5"), ("log(1)", "0"),
            ("odd(1)", "true"), ("odd(2)", "false"), ("odd(0)", "false"), ("odd(-2)", "false"), ("odd(1.5)", "false"),
            ("even(0)", "true"), ("even(1)", "false"),
            ("even(-2)", "true"), ("even(1e30)", "true"), ("odd(1e30)", "false"),
        ] as [(String, String?)]
    )
    func `numbers are rounded to a scale and divided with the sign of the divisor`(text: String, expected: String?) {
        if let expected { #expect(shown(text) == expected) } else { #expect(!value(text).isNull) }
    }

    @Test(
        arguments: [
            ("number(\"1\")", "1"), ("number(\"-1.50\")", "-1.50"), ("number(\"1e3\")", "1E+3"),
            ("number(\"1.\")", "null"), ("number(\".5\")", "0.5"), ("number(\"\")", "null"),
            ("number(\"-\")", "null"), ("number(\"1.2.3\")", "null"), ("number(\"1 000\")", "null"),
            ("number(\"+1\")", "null"), ("number(\"e3\")", "null"), ("number(\"--1\")", "null"),
            ("number(\"1x\")", "null"), ("number(\"1 000,5\", \" \", \",\")", "1000.5"),
            ("number(\"1.000,5\", \".\", \",\")", "1000.5"),
            ("number(\"1,000.5\", \",\", \".\")", "1000.5"), ("number(\"1,5\", null, \",\")", "1.5"),
            ("number(\"1,5\", \",\", null)", "15"),
            ("number(\"1,5\", \",\", \",\")", "null"), ("number(\"1'5\", \"'\", \".\")", "null"),
            ("number(\"1;5\", \",\", \";\")", "null"), ("number(\"1 5\", \" \", \" \")", "null"),
            ("number(\"1.5\", \",\", \".\")", "1.5"), ("number(null)", "null"),
        ]
    )
    func `a text becomes a number by its separators`(text: String, expected: String) {
        let found = shown(text)
        #expect(found == expected || (expected == "1E+3" && found == "1000"), "\(found)")
    }

    @Test(
        arguments: [
            ("mode([1, 2, 2, 3, 3])", "[2, 3]"), ("mode([1])", "[1]"), ("mode([3, 1, 2])", "[1, 2, 3]"),
            ("mode([1, 1, 2, 2, 2])", "[2]"), ("mode(1, 1, 2)", "[1]"),
            ("median([1])", "1"), ("median([1, 2])", "1.5"), ("median([3, 1, 2])", "2"),
            ("median([4, 1, 3, 2])", "2.5"), ("median([])", "null"), ("median([1, \"a\"])", "null"),
            ("stddev([1])", "null"), ("stddev([1, 1])", "0"), ("stddev([1, 3])", "1.414213562373095048801688724209698"),
            ("mean([1])", "1"), ("mean([])", "null"),
            ("min(2, 1, 3)", "1"), ("max(2, 3, 1)", "3"), ("min([])", "null"), ("max([1, null])", "null"),
            ("sum([1])", "1"), ("product([])", "null"), ("product(2)", "2"),
            ("all([])", "true"), ("any([])", "false"), ("all([true, true])", "true"), ("all([true, false])", "false"),
            ("any([false, true])", "true"), ("any([false, null])", "null"),
            ("any([null, true])", "true"), ("all([null, false])", "false"), ("count([])", "0"), ("count([null])", "1"),
            ("index of([1, null], null)", "[2]"), ("index of([1], 2)", "[]"),
            ("append([], 1)", "[1]"), ("append([1], [2])", "[1, [2]]"), ("concatenate([1], 2, [[3]])", "[1, 2, [3]]"),
            ("union([1], [1])", "[1]"), ("flatten([])", "[]"),
            ("distinct values([1, 1.0, \"a\", \"a\", [1], [1]])", "[1, \"a\", [1]]"), ("reverse([])", "[]"),
            ("sort([2, 1])", "null"), ("sort([], function(a, b) a < b)", "[]"),
            ("sort([2, 3, 1], function(a, b) a < b)", "[1, 2, 3]"), ("list contains([], null)", "false"),
            ("list contains([1, 2], 2)", "true"), ("list contains([1, 2], 3)", "false"),
        ]
    )
    func `lists of none, one and some have their figures`(text: String, expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(
        arguments: [
            ("substring before(\"abc\", \"\")", "\"\""), ("substring after(\"abc\", \"c\")", "\"\""),
            ("substring after(\"abc\", \"x\")", "\"\""), ("substring before(\"abc\", \"a\")", "\"\""),
            ("contains(\"abc\", \"\")", "true"), ("contains(\"\", \"a\")", "false"),
            ("contains(\"abc\", \"abcd\")", "false"), ("contains(\"abc\", \"abc\")", "true"),
            ("starts with(\"abc\", \"abc\")", "true"), ("starts with(\"abc\", \"abcd\")", "false"),
            ("ends with(\"abc\", \"bc\")", "true"), ("ends with(\"abc\", \"ab\")", "false"),
            ("ends with(\"abc\", \"\")", "true"), ("string length(\"\")", "0"),
            ("string join([\"a\"], \",\")", "\"a\""), ("string join([\"a\", \"b\"], \",\")", "\"a,b\""),
            ("string join([null], \",\")", "\"\""), ("string join([\"a\", 1])", "null"),
            ("split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"), ("split(\"a\", \";\")", "[\"a\"]"),
            ("replace(\"abcabc\", \"b\", \"x\")", "\"axcaxc\""), ("replace(\"abc\", \"(b)\", \"[$1]\")", "\"a[b]c\""),
            ("matches(\"abc\", \"^a.c$\")", "true"),
            ("matches(\"abd\", \"^a.c$\")", "false"), ("matches(\"ABC\", \"abc\", \"i\")", "true"),
            ("matches(\"ABC\", \"abc\")", "false"), ("matches(\"a\", \"a{2}\")", "false"),
            ("matches(\"aa\", \"^a{2}$\")", "true"), ("matches(\"aaa\", \"^a{1,2}$\")", "false"),
            ("matches(\"aaa\", \"^a{2,}$\")", "true"), ("matches(\"b\", \"[^a-c]\")", "false"),
            ("matches(\"d\", \"[^a-c]\")", "true"), ("matches(\"c\", \"[a-c]\")", "true"),
            ("matches(\"d\", \"[a-c]\")", "false"), ("matches(\"5\", \"\\\\d\")", "true"),
        ]
    )
    func `strings are searched, cut and matched to their ends`(text: String, expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(
        arguments: [
            ("range(\"[1..3]\")", "[1..3]"), ("range(\"(1..3)\")", "(1..3)"), ("range(\"]1..3[\")", "(1..3)"),
            ("range(\" [1..3] \")", "[1..3]"), ("range(\"[1..1]\")", "[1..1]"),
            ("range(\"[3..1]\")", "null"), ("range(\"(1..)\")", "(>1)"), ("range(\"[1..)\")", "(>=1)"),
            ("range(\"[1..]\")", "null"), ("range(\"(..1)\")", "(<1)"), ("range(\"(..1]\")", "(<=1)"),
            ("range(\"[..1]\")", "null"), ("range(\"(..)\")", "null"), ("range(\"[1.3]\")", "null"),
            ("range(\"[1..3\")", "null"), ("range(\"1..3]\")", "null"), ("range(\"[-1..-0.5]\")", "[-1..-0.5]"),
            ("range(\"[x..3]\")", "null"), ("range(\"[\\\"a..b\\\"..\\\"c\\\"]\").start", "\"a..b\""),
            ("range(\"[1..\\\"a\\\"]\")", "null"), ("range(\"[null..3]\")", "null"),
            ("range(\"[true..false]\")", "null"),
            ("range(\"[date(\\\"2020-01-01\\\")..date(\\\"2020-01-02\\\")]\").end", "2020-01-02"),
            ("range(\"..\")", "null"),
        ]
    )
    func `a range is read from literals with its ends`(text: String, expected: String) {
        #expect(shown(text) == expected)
    }

    // MARK: The text of expressions

    @Test(
        arguments: [
            ("1e3", "1E+3"), ("1E+3", "1E+3"), ("15e-1", "1.5"), (".5", "0.5"), ("1.50", "1.50"), ("0.1e1", "1"),
            ("[1..3].end", "3"), ("1 // x\n+ 1", "2"), ("1 /* x\n */ + 1", "2"), ("1 /**/ + 1", "2"),
            ("4 / 2", "2"), ("2**3", "8"), ("1!=2", "true"), ("1<=1", "true"), ("1>=2", "false"),
            ("\"\\n\\t\\r\\\"\\\\\\'\"", nil), ("\"\\u0041\"", "\"A\""), ("\"\\U01F40E\"", "\"🐎\""),
            ("\"\\uD83D\\uDC0E\"", "\"🐎\""),
            ("\"\\uD83Dx\"", "\"\u{FFFD}x\""), ("\"\\uDC0E\"", "\"\u{FFFD}\""), ("\"\\u004\"", nil), ("\"\\d\"", nil),
            ("string length(\"\\u004\")", "5"), ("string length(\"\\d\")", "2"), ("string length(\"\\n\")", "1"),
            ("string length(\"\\U0000411\")", "2"), ("string length(\"\\u00411\")", "2"),
            ("string length(\"\\uD83D\\u0041\")", "2"), ("string length(\"\\\\\")", "1"),
        ] as [(String, String?)]
    )
    func `literals and comments are read`(text: String, expected: String?) {
        let found = shown(text)
        #expect(
            expected == nil ? found != "null" : found == expected || (expected == "1E+3" && found == "1000"),
            "\(found)"
        )
    }

    @Test(
        arguments: [
            ("1 +", 1, 4), ("1 + #", 1, 5), ("1 +\n  #", 2, 3), ("\n\n#", 3, 1), ("/* x", 1, 1), ("1 +\n /* x", 2, 2),
            ("\"abc", 1, 1), ("1 + \"abc", 1, 5), ("1\n\n + \u{A7}", 3, 4),
        ]
    )
    func `an error names the line and the column of its character`(text: String, line: Int, column: Int) {
        do throws(SyntaxError) {
            _ = try Expression(text)
            Issue.record("\(text) compiles")
        } catch {
            #expect(error.position.line == line && error.position.column == column, "\(error.position)")
        }
    }
}
