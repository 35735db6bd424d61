import Foundation
import Spelling
import Yams

/// The bounds within which precedents move what is found and suggested.
///
/// An operator changes them in `knowledge/learning.yaml`; the values here are those of the sample file, which explains each.
package struct LearningRules: Sendable, Hashable {
    /// How many different people must have used an article after similar words before it moves.
    package var people = 2
    /// The similarity from which words count, and from which they count fully.
    package var similarFrom = 0.6
    package var similarFully = 0.85
    /// What somebody counts who only opened the article, relative to somebody who used it.
    package var openedWeight = 0.25
    /// How many people, each counting fully, bring the full lift.
    package var peopleForFullLift = 4.0
    /// The least evidence for an article, as a share of the evidence for the article with the most.
    package var leastShare = 0.5
    /// What the full lift adds to the score of a hit, of which words and meaning are at most 1 each.
    package var searchLift = 0.5
    /// What the full lift adds to the similarity of an article, in suggestions and in searches by meaning alone.
    package var similarityLift = 0.12
    package var halfLifeDays = 90.0
    package var maximumAgeDays = 365.0
    /// What is recorded of one person a day, and kept of one person.
    package var perPersonAndDay = 50
    package var perPerson = 400
    /// What is kept altogether.
    package var capacity = 20_000

    package init() {}

    static let microsecondsPerDay: Int64 = 86_400_000_000

    /// What evidence of an age counts, from 1 down to 0; times are in microseconds since 1970.
    func decay(since time: Int64, now: Int64) -> Double {
        let days = Double(max(0, now - time)) / Double(Self.microsecondsPerDay)
        return days > maximumAgeDays ? 0 : exp2(-days / halfLifeDays)
    }

    /// What words of a similarity count, from 0 to 1.
    func closeness(_ similarity: Double) -> Double {
        min(1, max(0, (similarity - similarFrom) / (similarFully - similarFrom)))
    }
}

/// Reads `learning.yaml`: a mapping of names to numbers, each within its range.
package enum LearningFile {
    private struct Setting {
        let range: ClosedRange<Double>
        let isWhole: Bool
        let set: @Sendable (inout LearningRules, Double) -> Void
    }

    private static func number(
        _ range: ClosedRange<Double>,
        _ path: any WritableKeyPath<LearningRules, Double> & Sendable
    ) -> Setting {
        Setting(range: range, isWhole: false) { $0[keyPath: path] = $1 }
    }

    private static func count(
        _ range: ClosedRange<Double>,
        _ path: any WritableKeyPath<LearningRules, Int> & Sendable
    ) -> Setting {
        Setting(range: range, isWhole: true) { $0[keyPath: path] = Int($1) }
    }

    /// The names in the file.
    ///
    /// One person alone never moves anything, so that `people` is 2 at least. What is kept of one person has to stay below
    /// the number of neighbours that are looked at, so that nobody can crowd out the others.
    private static let settings: [String: Setting] = [
        "people": count(2...100, \.people),
        "similar_from": number(0...1, \.similarFrom),
        "similar_fully": number(0...1, \.similarFully),
        "opened_weight": number(0...1, \.openedWeight),
        "people_for_full_lift": number(1...1_000, \.peopleForFullLift),
        "least_share": number(0...1, \.leastShare),
        "search_lift": number(0...1, \.searchLift),
        "similarity_lift": number(0...0.5, \.similarityLift),
        "half_life_days": number(1...3_650, \.halfLifeDays),
        "maximum_age_days": number(1...3_650, \.maximumAgeDays),
        "uses_per_person_and_day": count(1...400, \.perPersonAndDay),
        "uses_per_person": count(1...400, \.perPerson),
        "uses_kept": count(100...100_000, \.capacity),
    ]

    /// Reads the file; what it does not name keeps its value.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`, with file and line.
    package static func read(path: String) throws -> LearningRules {
        try read(KnowledgeFile.text(path), file: path)
    }

    /// Reads the text of a file with a name.
    package static func read(_ yaml: String, file: String) throws -> LearningRules {
        var rules = LearningRules()
        guard let root = try KnowledgeFile.root(of: yaml, file: file) else { return rules }
        guard let entries = root.mapping else { throw KnowledgeFile.fault(file, root, "expected names with numbers") }
        for (key, value) in entries {
            let name = key.string ?? ""
            guard let setting = settings[name] else {
                let near = NearestName.question(name, among: settings.keys.sorted())
                throw KnowledgeFile.fault(file, key, "there is no setting `\(name)`\(near)")
            }
            guard let number = value.float, setting.range.contains(number),
                !setting.isWhole || number == number.rounded()
            else {
                let (least, most) = (text(setting.range.lowerBound), text(setting.range.upperBound))
                throw KnowledgeFile.fault(
                    file,
                    value,
                    "`\(name)` is \(setting.isWhole ? "a whole number" : "a number") from \(least) to \(most)"
                )
            }
            setting.set(&rules, number)
        }
        guard rules.similarFrom < rules.similarFully else {
            throw KnowledgeFile.fault(file, root, "`similar_from` is below `similar_fully`")
        }
        return rules
    }

    private static func text(_ bound: Double) -> String { bound == bound.rounded() ? "\(Int(bound))" : "\(bound)" }
}
