import Foundation

/// The text formats of judged test collections: topics (`id TAB query`), judgements (`topic 0 article grade`) and runs.
package enum TRECFiles {
    /// Reads topics in the order of the file.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`, with file and line.
    package static func topics(path: String) throws -> [(id: String, query: String)] {
        try lines(path).map { number, line in
            guard let tab = line.firstIndex(of: "\t") else {
                throw KnowledgeError(.unreadable, "\(path):\(number): expected a topic's id, a tab and its query")
            }
            return (String(line[..<tab]), String(line[line.index(after: tab)...]))
        }
    }

    /// Reads judgements.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`, with file and line.
    package static func judgements(path: String) throws -> [String: [String: Int]] {
        var result: [String: [String: Int]] = [:]
        for (number, line) in try lines(path) {
            let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard fields.count >= 4, let grade = Double(fields[3]) else {
                throw KnowledgeError(.unreadable, "\(path):\(number): expected topic, 0, article and grade")
            }
            result[fields[0], default: [:]][fields[2]] = Int(grade)
        }
        return result
    }

    /// Formats one topic's answers as lines of a run.
    package static func runLines(topic: String, answers: [(id: String, score: Double)], tag: String) -> String {
        answers.enumerated().reduce(into: "") { text, answer in
            let (rank, (id, score)) = answer
            text += "\(topic) Q0 \(id) \(rank + 1) \(score) \(tag)\n"
        }
    }

    private static func lines(_ path: String) throws -> [(number: Int, line: Substring)] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeError(.unreadable, "\(path) cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
            .map { ($0.offset + 1, $0.element.last == "\r" ? $0.element.dropLast() : $0.element) }
            .filter { !$0.line.allSatisfy(\.isWhitespace) }
    }
}
