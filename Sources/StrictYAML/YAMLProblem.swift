import Yams

/// Why a text cannot be read as YAML, and where.
///
/// Readers word it in the terms of their files; ``message`` is what most of them say.
package struct YAMLProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of problem.
    package enum Kind: Sendable, Hashable {
        /// The text breaks the grammar.
        case syntax
        /// Keys occur twice in one map.
        case duplicate([String])
        /// There is a character that YAML does not allow, so many bytes after the beginning where that is known.
        case character(offset: Int?)
        /// The text is longer than its limit.
        case tooLong
        /// Its values are more than its limits allow.
        case limit
        /// Anything else that the parser says.
        case other
    }

    package let kind: Kind
    /// What is wrong, in the words of the parser or of the limit.
    package let detail: String
    /// The line, from 1; 0 for the whole text.
    package let line: Int
    /// The column, from 1; 0 for the whole line.
    package let column: Int

    init(_ kind: Kind, _ detail: String, at mark: Mark? = nil) {
        (self.kind, self.detail) = (kind, detail)
        (line, column) = (mark?.line ?? 0, mark?.column ?? 0)
    }

    init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(.syntax, problem, at: mark)
        case .duplicatedKeysInMapping(let keys, let context):
            self.init(.duplicate(keys), "\(keys)", at: context.mark)
        case .reader(let problem, let offset, _, _): self.init(.character(offset: offset), problem)
        default: self.init(.other, "\(error)")
        }
    }

    /// What is wrong.
    ///
    /// - Parameter member: what a key is called in the files of the reader.
    /// - Returns: a sentence without its place.
    package func message(key member: String = "key") -> String {
        switch kind {
        case .duplicate: "a \(member) occurs twice: \(detail)"
        case .tooLong, .limit: "the file is too large: \(detail)"
        case .syntax, .character, .other: "this is not YAML: \(detail)"
        }
    }

    package var description: String { message() }

    /// The keys that occur twice, as a sentence of readers that name them.
    package var duplicates: String? {
        guard case .duplicate(let keys) = kind else { return nil }
        let names = keys.prefix(5).map { "“\($0.count > 40 ? $0.prefix(40) + "…" : $0)”" }
        return "\(names.joined(separator: ", ")) occurs twice in one map, expected once"
    }
}
