/// A compiled regular expression of XPath.
final class Pattern: Sendable {
    enum Instruction: Sendable {
        case character(Unicode.Scalar)
        case any
        case characterClass(CharacterClass)
        case lineStart
        case lineEnd
        case reference(Int)
        /// Goes on at the first place, or at the second if that fails.
        case split(Int, Int)
        case jump(Int)
        /// Notes the position in a register.
        case save(Int)
        /// Fails unless the position moved since the register was set.
        case progress(Int)
        case match
    }

    let instructions: [Instruction]
    /// The number of capturing groups.
    let groupCount: Int
    let registerCount: Int
    let ignoresCase: Bool
    let isDotAll: Bool
    let isMultiline: Bool
    /// Whether the text was taken literally (flag `q`).
    let isLiteral: Bool

    /// The maximum number of instructions.
    private static let maximumLength = 50_000

    /// Compiles a pattern; the cost is bounded.
    init(_ text: String, flags: String = "") throws(PatternError) {
        guard flags.unicodeScalars.allSatisfy({ "smixq".unicodeScalars.contains($0) }) else {
            throw PatternError(message: "unknown flags '\(flags)'")
        }
        isLiteral = flags.contains("q")
        ignoresCase = flags.contains("i")
        isDotAll = flags.contains("s")
        isMultiline = flags.contains("m")
        guard text.utf8.count <= 10_000 else { throw PatternError(message: "the pattern is too long") }
        var scalars = Array(text.unicodeScalars)
        let syntax: PatternSyntax
        if isLiteral {
            syntax = .sequence(scalars.map(PatternSyntax.character))
            groupCount = 0
        } else {
            if flags.contains("x") { scalars = Self.withoutSpaces(scalars) }
            var parser = PatternParser(scalars)
            syntax = try parser.parse()
            groupCount = parser.groupCount
        }
        var builder = Builder(registerCount: (groupCount + 1) * 2)
        try builder.add(.group(syntax, number: 0))
        try builder.emit(.match)
        instructions = builder.instructions
        registerCount = builder.registerCount
    }

    /// The pattern without white space outside classes (flag `x`).
    private static func withoutSpaces(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var depth = 0
        var isEscaped = false
        for scalar in text {
            if depth == 0, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { continue }
            if !isEscaped && scalar == "[" { depth += 1 }
            if !isEscaped && scalar == "]" { depth = max(0, depth - 1) }
            isEscaped = scalar == "\\" && !isEscaped
            result.append(scalar)
        }
        return result
    }

    private struct Builder {
        var instructions: [Instruction] = []
        var registerCount: Int

        mutating func emit(_ instruction: Instruction) throws(PatternError) {
            guard instructions.count < Pattern.maximumLength else {
                throw PatternError(message: "the pattern is too large")
            }
            instructions.append(instruction)
        }

        mutating func add(_ syntax: PatternSyntax) throws(PatternError) {
            switch syntax {
            case .empty: break
            case .character(let scalar): try emit(.character(scalar))
            case .any: try emit(.any)
            case .characterClass(let characters): try emit(.characterClass(characters))
            case .lineStart: try emit(.lineStart)
            case .lineEnd: try emit(.lineEnd)
            case .reference(let number): try emit(.reference(number))
            case .sequence(let parts): for part in parts { try add(part) }
            case .group(let inner, let number):
                if let number { try emit(.save(number * 2)) }
                try add(inner)
                if let number { try emit(.save(number * 2 + 1)) }
            case .alternatives(let branches): try addAlternatives(branches)
            case .repeated(let inner, let minimum, let maximum, let isReluctant):
                for _ in 0..<minimum { try add(inner) }
                if let maximum {
                    try addOptional(inner, maximum - minimum, isReluctant)
                } else {
                    try addLoop(inner, isReluctant)
                }
            }
        }

        private mutating func addAlternatives(_ branches: [PatternSyntax]) throws(PatternError) {
            var ends: [Int] = []
            for (index, branch) in branches.enumerated() {
                let isLast = index == branches.count - 1
                let split = instructions.count
                if !isLast { try emit(.split(split + 1, 0)) }
                try add(branch)
                guard !isLast else { break }
                ends.append(instructions.count)
                try emit(.jump(0))
                instructions[split] = .split(split + 1, instructions.count)
            }
            for end in ends { instructions[end] = .jump(instructions.count) }
        }

        private func split(_ first: Int, _ second: Int, _ isReluctant: Bool) -> Instruction {
            isReluctant ? .split(second, first) : .split(first, second)
        }

        private mutating func addOptional(
            _ inner: PatternSyntax,
            _ count: Int,
            _ isReluctant: Bool
        )
            throws(PatternError)
        {
            var splits: [Int] = []
            for _ in 0..<count {
                splits.append(instructions.count)
                try emit(.jump(0))
                try add(inner)
            }
            for index in splits { instructions[index] = split(index + 1, instructions.count, isReluctant) }
        }

        private mutating func addLoop(_ inner: PatternSyntax, _ isReluctant: Bool) throws(PatternError) {
            let register = registerCount
            registerCount += 1
            let start = instructions.count
            try emit(.jump(0))
            try emit(.save(register))
            try add(inner)
            try emit(.progress(register))
            try emit(.jump(start))
            instructions[start] = split(start + 1, instructions.count, isReluctant)
        }
    }
}
