import Foundation

/// Dialogues whose customers' turns people have rated, for evaluation only.
enum Dialogues {
    /// A turn of a customer with what came before it; the target is 1 if its mean rating is below 2.5.
    ///
    /// The file is not there where the public test data are not complete; then the list is empty.
    static func load(_ folder: URL) throws -> [OwnDialogues.Example] {
        let file = folder.appending(path: "uss/MWOZ.txt")
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var examples: [OwnDialogues.Example] = []
        var (dialogue, earlier, answer): (Int, [String], String?) = (0, [], nil)
        for line in lines {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 2 else {
                (dialogue, earlier, answer) = (dialogue + 1, [], nil)
                continue
            }
            let text = String(fields[1])
            if fields[0] != "USER" {
                answer = text
            } else if text != "OVERALL" {
                let marks = fields.count > 3 ? fields[3].split(separator: ",").compactMap { Float($0) } : []
                if !marks.isEmpty {
                    let isDissatisfied = marks.reduce(0, +) / Float(marks.count) < 2.5
                    examples.append(
                        OwnDialogues.Example(
                            family: "\(dialogue)",
                            earlier: Array(earlier.prefix(2)),
                            answer: answer,
                            turn: text,
                            target: isDissatisfied ? 1 : 0
                        )
                    )
                }
                earlier.insert(text, at: 0)
                answer = nil
            }
        }
        return examples
    }
}
