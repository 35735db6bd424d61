import FEEL
import Testing

@Suite struct PatternTests {
    @Test(arguments: [
        ("foobar", "^fo*b", "", "true"), ("abc", "B", "i", "true"), ("a\nb", "a.b", "", "false"),
        ("a\nb", "a.b", "s", "true"),
        ("a\nb", "^b$", "m", "true"), ("helloworld", "hello world", "x", "true"),
        ("hello world", "hello[ ]world", "x", "true"),
        ("a.b", "a.b", "q", "true"), ("axb", "a.b", "q", "false"), ("abcabc", "^(abc)\\\\1$", "", "true"),
        ("aA", "^(a)\\\\1$", "i", "true"), ("abcabd", "^(abc)\\\\1$", "", "false"), ("X", "[A-Z-[OI]]", "", "true"),
        ("O", "[A-Z-[OI]]", "", "false"), ("o", "[A-Z-[OI]]", "i", "false"), ("q", "[^Q]", "i", "false"),
        ("m", "\\\\p{Lu}", "i", "false"), ("é", "\\\\p{IsBasicLatin}", "", "false"), ("é", "\\\\p{L}", "", "true"),
        ("\\u212A", "k", "i", "true"), ("k", "[\\u212A]", "i", "true"), ("a:b", "^\\\\i\\\\c*$", "", "true"),
        ("-a", "^\\\\i\\\\c*$", "", "false"),
        ("aaa", "^a{2,3}$", "", "true"), ("aaaa", "^a{2,3}$", "", "false"), ("5", "\\\\d", "", "true"),
        ("x y", "\\\\S\\\\s\\\\w", "", "true"),
        ("🐎", "^.$", "", "true"), ("", "^$", "", "true"), ("b", "(a|)b", "", "true"), ("ab", "(?:a)(b)", "", "true"),
        ("]", "[\\\\]]", "", "true"), ("a-b", "[a\\\\-]+b", "", "true"), ("aab", "^(a*)*b$", "", "true"),
    ])
    func matches(_ input: String, _ pattern: String, _ flags: String, _ expected: String) {
        #expect(shown("matches(\"\(input)\", \"\(pattern)\", \"\(flags)\")") == expected)
    }

    @Test(arguments: [
        "[", "]", "(", ")", "a**", "*", "{2}", "a{2,1}", "[]", "[z-a]", "\\\\q", "\\\\1", "(a\\\\1)", "[\\\\1]",
        "\\\\p{Xx}",
        "\\\\p{IsNoBlock}", "(?=a)", "a{99999}", "[a-\\\\d]", "\\\\",
    ])
    func wrongPatternsAreNull(_ pattern: String) {
        #expect(shown("matches(\"a\", \"\(pattern)\")") == "null")
    }

    @Test func unknownFlagsAreNull() {
        #expect(shown("matches(\"a\", \"a\", \"z\")") == "null")
    }

    @Test(arguments: [
        ("replace(\"banana\", \"a\", \"o\")", "\"bonono\""),
        ("replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""),
        ("replace(\"darted\", \"^(.*?)d(.*)$\", \"$1c$2\")", "\"carted\""),
        ("replace(\"AAAA\", \"A+?\", \"b\")", "\"bbbb\""),
        ("replace(\"abc\", \"x*\", \"-\")", "null"), ("replace(\"a\", \"a\", \"\\$\")", "\"$\""),
        ("replace(\"a\", \"a\", \"$\")", "null"),
        ("replace(\"a\", \"a\", \"$1\", \"q\")", "\"$1\""), ("replace(\"ab\", \"(a)\", \"$12\")", "\"a2b\""),
        ("split(\"a;b;;\", \";\")", "[\"a\", \"b\", \"\", \"\"]"),
        ("split(\"a1b22c\", \"[0-9]+\")", "[\"a\", \"b\", \"c\"]"), ("split(\"abc\", \"\")", "null"),
    ])
    func replaceAndSplit(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func catastrophicPatternsEndWithAReason() throws {
        let input = String(repeating: "a", count: 60) + "!"
        let evaluation = Evaluation()
        let result = try Expression("matches(\"\(input)\", \"^(a+)+$\")").evaluate(evaluation)
        #expect(result.isNull)
        #expect(evaluation.diagnostics.first?.kind == .pattern)
    }

    /// Words over two letters and patterns of them, against a matcher that tries every way.
    @Test func agreesWithAnObviousMatcher() {
        var generator = SeededGenerator(3)
        for _ in 0..<400 {
            let pattern = RandomPattern.make(depth: 3, &generator)
            for _ in 0..<4 {
                let word = String(
                    (0..<Int.random(in: 0...5, using: &generator)).map { _ in Bool.random(using: &generator) ? "a" : "b"
                    }
                )
                let expected = pattern.ends(Array(word), [0]).contains(word.count)
                #expect(
                    value("matches(\"\(word)\", \"^(?:\(pattern.text))$\")").isTrue == expected,
                    "\(pattern.text) on \(word)"
                )
            }
        }
    }
}

/// A pattern with all the places where its matches can end.
private indirect enum RandomPattern {
    case letter(Character)
    case any
    case sequence(RandomPattern, RandomPattern)
    case either(RandomPattern, RandomPattern)
    case star(RandomPattern)
    case optional(RandomPattern)

    static func make(depth: Int, _ generator: inout SeededGenerator) -> RandomPattern {
        switch depth == 0 ? Int.random(in: 0...2, using: &generator) : Int.random(in: 0...6, using: &generator) {
        case 0: .letter("a")
        case 1: .letter("b")
        case 2: .any
        case 3: .either(make(depth: depth - 1, &generator), make(depth: depth - 1, &generator))
        case 4: .star(make(depth: depth - 1, &generator))
        case 5: .optional(make(depth: depth - 1, &generator))
        default: .sequence(make(depth: depth - 1, &generator), make(depth: depth - 1, &generator))
        }
    }

    var text: String {
        switch self {
        case .letter(let letter): String(letter)
        case .any: "."
        case .sequence(let left, let right): left.text + right.text
        case .either(let left, let right): "(\(left.text)|\(right.text))"
        case .star(let inner): "(\(inner.text))*"
        case .optional(let inner): "(\(inner.text))?"
        }
    }

    func ends(_ word: [Character], _ starts: Set<Int>) -> Set<Int> {
        switch self {
        case .letter(let letter): return Set(starts.filter { $0 < word.count && word[$0] == letter }.map { $0 + 1 })
        case .any: return Set(starts.filter { $0 < word.count }.map { $0 + 1 })
        case .sequence(let left, let right): return right.ends(word, left.ends(word, starts))
        case .either(let left, let right): return left.ends(word, starts).union(right.ends(word, starts))
        case .optional(let inner): return starts.union(inner.ends(word, starts))
        case .star(let inner):
            var all = starts
            var next = starts
            while !next.isEmpty {
                next = inner.ends(word, next).subtracting(all)
                all.formUnion(next)
            }
            return all
        }
    }
}
