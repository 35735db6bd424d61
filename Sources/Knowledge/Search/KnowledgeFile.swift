import Foundation
import StrictYAML
import Yams

/// The YAML files that an operator puts beside the articles.
enum KnowledgeFile {
    private static let limits = YAMLSource.Limits(bytes: 4 << 20)

    /// The text of a file.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`.
    static func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeError(.unreadable, "\(path) cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw KnowledgeError(.unreadable, "\(path) is not UTF-8")
        }
        return text
    }

    /// The value in a text; nil for a text without one.
    ///
    /// - Throws: ``KnowledgeError`` `unreadable`, with file and line.
    static func root(of yaml: String, file: String) throws -> Node? {
        do throws(YAMLProblem) { return try YAMLSource(yaml, limits: limits).root() } catch {
            throw KnowledgeError(.unreadable, "\(file):\(error.line): \(error.message())")
        }
    }

    /// The error of a mistake at a node.
    static func fault(_ file: String, _ node: Node, _ problem: String) -> KnowledgeError {
        KnowledgeError(.unreadable, "\(file):\(node.mark?.line ?? 0): \(problem)")
    }
}
