/// Looks for a pattern in one text by backtracking, with a bound on the steps over all its searches.
struct PatternMatcher {
    /// The places of a match and its groups.
    struct Match {
        let range: Range<Int>
        let groups: [Range<Int>?]
    }

    /// The budget of steps is used up.
    struct Exhausted: Error {}

    private enum Choice {
        case resume(instruction: Int, position: Int)
        case restore(register: Int, value: Int)
    }

    private let pattern: Pattern
    private let text: [Unicode.Scalar]
    /// The steps that are left; below zero when the last of them took more.
    private(set) var steps: Int
    private var registers: [Int]
    private var choices: [Choice] = []

    init(_ pattern: Pattern, _ text: [Unicode.Scalar], steps: Int) {
        self.pattern = pattern
        self.text = text
        self.steps = steps
        registers = Array(repeating: -1, count: pattern.registerCount)
    }

    /// The first match at or after a position.
    mutating func firstMatch(from start: Int) throws(Exhausted) -> Match? {
        guard start <= text.count else { return nil }
        for position in start...text.count {
            if try matches(at: position) { return match }
        }
        return nil
    }

    private var match: Match {
        var groups: [Range<Int>?] = []
        for number in 0...pattern.groupCount {
            let (from, to) = (registers[number * 2], registers[number * 2 + 1])
            groups.append(from >= 0 && to >= from ? from..<to : nil)
        }
        return Match(range: groups[0] ?? 0..<0, groups: groups)
    }

    private mutating func matches(at start: Int) throws(Exhausted) -> Bool {
        for index in registers.indices { registers[index] = -1 }
        steps -= registers.count
        choices.removeAll(keepingCapacity: true)
        var instruction = 0
        var position = start
        while true {
            steps -= 1
            guard steps > 0 else { throw Exhausted() }
            if case .match = pattern.instructions[instruction] { return true }
            if step(&instruction, &position) { continue }
            guard backtrack(&instruction, &position) else { return false }
        }
    }

    private mutating func backtrack(_ instruction: inout Int, _ position: inout Int) -> Bool {
        while let choice = choices.popLast() {
            switch choice {
            case .restore(let register, let value): registers[register] = value
            case .resume(let next, let at):
                (instruction, position) = (next, at)
                return true
            }
        }
        return false
    }

    /// Runs one instruction; false when it fails.
    private mutating func step(_ instruction: inout Int, _ position: inout Int) -> Bool {
        switch pattern.instructions[instruction] {
        case .character, .any, .characterClass:
            guard position < text.count, accepts(pattern.instructions[instruction], text[position]) else {
                return false
            }
            position += 1
        case .lineStart:
            guard position == 0 || (pattern.isMultiline && text[position - 1] == "\n") else { return false }
        case .lineEnd:
            guard position == text.count || (pattern.isMultiline && text[position] == "\n") else { return false }
        case .reference(let number):
            guard let end = end(ofReference: number, at: position) else { return false }
            position = end
        case .split(let first, let second):
            choices.append(.resume(instruction: second, position: position))
            instruction = first
            return true
        case .jump(let target):
            instruction = target
            return true
        case .save(let register):
            choices.append(.restore(register: register, value: registers[register]))
            registers[register] = position
        case .progress(let register):
            guard registers[register] != position else { return false }
        case .match: return true
        }
        instruction += 1
        return true
    }

    private func accepts(_ instruction: Pattern.Instruction, _ scalar: Unicode.Scalar) -> Bool {
        switch instruction {
        case .character(let wanted):
            scalar == wanted || (pattern.ignoresCase && LetterCase.equal(scalar, wanted))
        case .any: pattern.isDotAll || (scalar != "\n" && scalar != "\r")
        case .characterClass(let characters): characters.contains(scalar, ignoringCase: pattern.ignoresCase)
        default: false
        }
    }

    /// Where the text of a group ends if it stands again at a position; a group that took no part is empty.
    private mutating func end(ofReference number: Int, at position: Int) -> Int? {
        let (from, to) = (registers[number * 2], registers[number * 2 + 1])
        guard from >= 0, to >= from else { return position }
        guard position + (to - from) <= text.count else { return nil }
        steps -= to - from
        for offset in 0..<(to - from) {
            let (left, right) = (text[from + offset], text[position + offset])
            guard left == right || (pattern.ignoresCase && LetterCase.equal(left, right)) else { return nil }
        }
        return position + (to - from)
    }
}
