/// Turns of customers in their dialogues, written by this project, some of them with a need that is not met.
///
/// A polite customer whose need is not met asks again, corrects, or gives up, in friendly words. What tells is the course: the
/// lists below are therefore combined into short dialogues of an earlier turn, an answer and a turn. The combinations are chosen
/// by counting, so that the same examples come out each time.
enum OwnDialogues {
    /// A turn of a customer, with what came before it.
    struct Example: Sendable {
        /// What is held out together: a need, or a family of remarks.
        let family: String
        /// The customer's turns before it, newest first.
        var earlier: [String] = []
        /// What the agent said last.
        var answer: String?
        let turn: String
        /// How likely it is that the need is not met, from 0 to 1.
        let target: Float
        /// The family of the answer, if that comes from another one.
        var answerFamily: String?
    }

    /// A need with the ways of asking for it, and what follows.
    private struct Need {
        let name: String
        var asks: [String] = []
        var good: [String] = []
        var bad: [String] = []
        var served: [String] = []
        var unserved: [String] = []
        var yielding: [String] = []
    }

    /// Lines with the family they belong to.
    private struct Remark {
        let family: String
        let text: String
    }

    /// The targets of turns that are neither clearly met nor clearly unmet.
    private enum Target {
        static let askedAgain: Float = 0.9
        static let givesWay: Float = 0.55
        /// Corrects or doubts although the answer was good.
        static let unconvinced: Float = 0.75
        /// Thanks although the answer was bad.
        static let thanksInVain: Float = 0.45
        /// Turns to something else after a bad answer.
        static let goesOn: Float = 0.35

        /// The target of a phrase with a rating: a complaint is about a need that is not met.
        static func rated(_ rating: Float) -> Float {
            switch rating {
            case ...(-1.5): 0.95
            case ...(-0.45): 0.75
            case ...(-0.05): 0.4
            default: 0
            }
        }
    }

    /// All examples, in a fixed order.
    static func examples() -> [Example] {
        let needs = readNeeds()
        let said = readRemarks(remarks)
        let combined = needs.indices.flatMap { dialogues(needs, $0, said) }
        return combined + answered(needs) + openings(said) + phrases(needs)
    }

    /// The phrases of ``OwnPhrases`` alone, after a good answer and after a bad one.
    private static func phrases(_ needs: [Need]) -> [Example] {
        OwnPhrases.rows(weight: 1).enumerated().flatMap { index, row in
            let target = Target.rated(row.rating)
            let (served, missed) = (needs[index * 31 % needs.count], needs[index * 17 % needs.count])
            let family = "phrases \(index % 37)"
            return [
                Example(family: family, turn: row.text, target: target),
                Example(
                    family: family,
                    earlier: [served.asks[index % served.asks.count]],
                    answer: served.good[index % served.good.count],
                    turn: row.text,
                    target: target
                ),
                Example(
                    family: family,
                    earlier: [missed.asks[index % missed.asks.count]],
                    answer: missed.bad[index % missed.bad.count],
                    turn: row.text,
                    target: max(target, Target.goesOn)
                ),
            ]
        }
    }

    // MARK: Reading the lists

    private static func lines(_ text: String) -> [(mark: Character, text: String)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard let mark = line.first, line.count > 2 else { return nil }
            return (mark, String(line.dropFirst(2)))
        }
    }

    private static func readNeeds() -> [Need] {
        var found: [Need] = []
        for (mark, text) in lines(needsOfGuests + "\n" + needsOfCustomers) {
            if mark == "#" {
                found.append(Need(name: "\(text) \(found.count)"))
                continue
            }
            precondition(!found.isEmpty, "a line before the first need")
            let last = found.count - 1
            switch mark {
            case "?": found[last].asks.append(text)
            case "+": found[last].good.append(text)
            case "-": found[last].bad.append(text)
            case ">": found[last].served.append(text)
            case "<": found[last].unserved.append(text)
            case "~": found[last].yielding.append(text)
            default: preconditionFailure("a line with an unknown mark: \(text)")
            }
        }
        return found
    }

    private static func readRemarks(_ text: String) -> [Character: [Remark]] {
        var found: [Character: [Remark]] = [:]
        var family = ""
        for (mark, text) in lines(text) {
            if mark == "#" {
                family = text
            } else {
                found[mark, default: []].append(Remark(family: family, text: text))
            }
        }
        return found
    }

    // MARK: Combining them

    private static func dialogues(_ needs: [Need], _ place: Int, _ said: [Character: [Remark]]) -> [Example] {
        let need = needs[place]
        let (refusals, services) = (said["-"] ?? [], said["+"] ?? [])
        let (unmet, met) = (said["<"] ?? [], said[">"] ?? [])
        let (asks, others) = (need.asks, needs[(place + 7) % needs.count].asks)
        var count = place * 5
        func next<T>(_ list: [T]) -> T {
            // A step that has no divisor in common with the lengths of most lists.
            count += 13
            return list[count % list.count]
        }
        var examples = asks.map { Example(family: need.name, turn: $0, target: 0) }
        func add(
            _ turn: String,
            after answer: String,
            of family: String? = nil,
            from speaker: String? = nil,
            _ target: Float
        ) {
            let asked = next(asks)
            let earlier = count % 3 == 0 ? [asked, asks[(count / 3) % asks.count]] : [asked]
            examples.append(
                Example(
                    family: speaker ?? need.name,
                    earlier: earlier.filter { $0 != turn },
                    answer: answer,
                    turn: turn,
                    target: target,
                    answerFamily: family ?? (speaker == nil ? nil : need.name)
                )
            )
        }
        for answer in need.bad {
            for (index, ask) in asks.enumerated() {
                let before = asks[(index + 1) % asks.count]
                examples.append(
                    Example(family: need.name, earlier: [before], answer: answer, turn: ask, target: Target.askedAgain)
                )
            }
            for turn in need.unserved { add(turn, after: answer, 1) }
            for turn in need.yielding { add(turn, after: answer, Target.givesWay) }
            for _ in 0..<3 {
                let turn = next(unmet)
                add(turn.text, after: answer, from: turn.family, 1)
            }
            let thanks = next(met.filter { $0.family == "thanks" })
            add(thanks.text, after: answer, from: thanks.family, Target.thanksInVain)
            add(next(others), after: answer, Target.goesOn)
        }
        for answer in need.good {
            for turn in need.served { add(turn, after: answer, 0) }
            for _ in 0..<5 {
                let turn = next(met)
                add(turn.text, after: answer, from: turn.family, 0)
            }
            add(next(others), after: answer, 0)
            let turn = next(unmet)
            add(turn.text, after: answer, from: turn.family, Target.unconvinced)
        }
        for _ in 0..<6 {
            let answer = next(refusals)
            add(next(asks), after: answer.text, of: answer.family, Target.askedAgain)
            add(next(need.unserved), after: answer.text, of: answer.family, 1)
            let turn = next(unmet)
            add(turn.text, after: answer.text, of: answer.family, from: turn.family, 1)
        }
        for _ in 0..<8 {
            let answer = next(services)
            let turn = next(met)
            add(turn.text, after: answer.text, of: answer.family, from: turn.family, 0)
            add(next(need.served), after: answer.text, of: answer.family, 0)
        }
        return examples
    }

    /// Answers of customers to questions of agents.
    private static func answered(_ needs: [Need]) -> [Example] {
        var examples: [Example] = []
        var question: String?
        var count = 0
        for (mark, text) in lines(answers) {
            if mark == "+" {
                question = text
                continue
            }
            for _ in 0..<4 {
                count += 7
                let asks = needs[count % needs.count].asks
                let earlier = question?.hasPrefix("Hello") == true ? [] : [asks[count % asks.count]]
                examples.append(
                    Example(family: question ?? "", earlier: earlier, answer: question, turn: text, target: 0)
                )
            }
        }
        return examples
    }

    /// First turns of dialogues.
    private static func openings(_ said: [Character: [Remark]]) -> [Example] {
        (said[">"] ?? []).filter { $0.family == "begins" }.map { Example(family: $0.family, turn: $0.text, target: 0) }
    }
}
