/// What a prompt made of a script says: a text with placeholders such as `{{title}}`.
///
/// A line with a placeholder that has no value is left out, so that a prompt without a conversation does not speak of one.
/// Values are put in as they are and are not read for placeholders again.
package struct ScriptPrompt: Sendable, Hashable {
    /// What can be put in.
    package enum Placeholder: String, Sendable, CaseIterable {
        /// The title of the script.
        case title
        /// The id of the script.
        case script
        /// The conversation that the caller names.
        case conversation
        /// What the caller says about the contact.
        case situation
    }

    /// Why a text is no prompt.
    package struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what is expected.
        package let message: String

        package var description: String { message }
    }

    private enum Piece: Sendable, Hashable {
        case text(String)
        case value(Placeholder)
    }

    /// The text as it was written.
    package let source: String
    private let lines: [[Piece]]

    /// Reads a text.
    ///
    /// - Throws: ``Mistake`` for an empty text, an unknown placeholder, and one that does not end on its line.
    package init(_ source: String) throws(Mistake) {
        guard source.contains(where: { !$0.isWhitespace }) else { throw Mistake(message: "a text is expected") }
        self.source = source
        var lines: [[Piece]] = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(try Self.pieces(line))
        }
        self.lines = lines
    }

    private static func pieces(_ line: Substring) throws(Mistake) -> [Piece] {
        var (pieces, rest): ([Piece], Substring) = ([], line)
        while let start = rest.firstRange(of: "{{") {
            pieces.append(.text(String(rest[..<start.lowerBound])))
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                throw Mistake(message: "“{{” is not closed on its line")
            }
            let name = rest[start.upperBound..<end.lowerBound].filter { $0 != " " }
            guard let placeholder = Placeholder(rawValue: name) else {
                let known = Placeholder.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")
                throw Mistake(message: "“{{\(name.prefix(40))}}” is unknown; expected \(known)")
            }
            pieces.append(.value(placeholder))
            rest = rest[end.upperBound...]
        }
        return pieces + [.text(String(rest))]
    }

    /// The text with its values.
    package func text(_ values: [Placeholder: String]) -> String {
        let written = lines.compactMap { line -> String? in
            var text = ""
            for piece in line {
                switch piece {
                case .text(let part): text += part
                case .value(let placeholder):
                    guard let value = values[placeholder] else { return nil }
                    text += value
                }
            }
            return text
        }
        return written.joined(separator: "\n")
    }
}
