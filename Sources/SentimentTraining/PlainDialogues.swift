import Foundation

/// Recorded dialogues of the STAR collection (MIT licence), as what customers ordinarily say.
///
/// The project's own dialogues are half about unmet needs, and few of their answers are the details, confirmations and wishes of which
/// most dialogues consist. In STAR people follow flow charts of a bank, restaurants, rides, parties and others; nobody rated
/// their turns. A turn counts as almost certainly met unless the assistant had just refused or failed; those turns are not used.
enum PlainDialogues {
    /// The target of a turn after an ordinary answer; a few of them are unmet all the same.
    static let target: Float = 0.04
    /// Parts of the labels of answers that refuse, fail or were written freely.
    private static let telling = ["out_of_scope", "custom", "fail", "incorrect", "unavailable", "nothing_found", "no_"]

    private struct Recorded: Decodable {
        struct Event: Decodable {
            let agent: String
            let action: String
            let text: String?
            let label: String?

            enum CodingKeys: String, CodingKey {
                case agent = "Agent"
                case action = "Action"
                case text = "Text"
                case label = "ActionLabel"
            }
        }

        let events: [Event]

        enum CodingKeys: String, CodingKey { case events = "Events" }
    }

    /// Reads the dialogues; `folder` is the folder `sentiment` of the public test data, beside which `scripts/star` is.
    static func load(_ folder: URL) throws -> [OwnDialogues.Example] {
        let dialogues = folder.deletingLastPathComponent().appending(path: "scripts/star/dialogues")
        let names = try FileManager.default.contentsOfDirectory(atPath: dialogues.path).filter { $0.hasSuffix(".json") }
        return try names.sorted().flatMap { name in
            let data = try Data(contentsOf: dialogues.appending(path: name))
            return turns(of: try JSONDecoder().decode(Recorded.self, from: data), name)
        }
    }

    private static func turns(of recorded: Recorded, _ name: String) -> [OwnDialogues.Example] {
        var examples: [OwnDialogues.Example] = []
        var (earlier, answer, isTelling): ([String], String?, Bool) = ([], nil, false)
        for event in recorded.events {
            guard let text = event.text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
                continue
            }
            switch (event.agent, event.action) {
            case ("User", "utter"):
                if !isTelling {
                    examples.append(
                        OwnDialogues.Example(
                            family: "star \(name)",
                            earlier: Array(earlier.prefix(2)),
                            answer: answer,
                            turn: text,
                            target: target
                        )
                    )
                }
                earlier.insert(text, at: 0)
                (answer, isTelling) = (nil, false)
            case ("Wizard", "pick_suggestion"), ("Wizard", "utter"):
                answer = text
                // What the assistant wrote itself was not in the flow chart.
                let label = event.label ?? "custom"
                isTelling = telling.contains { label.contains($0) }
            default: continue
            }
        }
        return examples
    }
}
