import Foundation
import StrictYAML
import Yams

/// Checks the keys of `frontline.yaml`, which the configuration library cannot list.
enum ConfigurationFile {
    private static let limits = YAMLSource.Limits(bytes: 1 << 18)

    /// Checks a file; throws if it cannot be read, is not a map, names an unknown option, or has a value of the wrong
    /// type.
    ///
    /// - Returns: whether it sets any option.
    static func check(path: String) throws -> Bool {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw ConfigurationError(place: path, message: "the file cannot be read")
        }
        let root: Node?
        do {
            root = try YAMLSource(text, limits: limits).root()
        } catch {
            let place = error.line > 0 ? "\(path):\(error.line)" : path
            throw ConfigurationError(place: place, message: error.message(key: "option"))
        }
        guard let root, root.scalar?.string.isEmpty != true else { return false }
        guard let mapping = root.mapping else {
            throw ConfigurationError(place: path, message: "expected `option: value` lines")
        }
        for (key, value) in mapping { try check(key, value, in: path) }
        return !mapping.isEmpty
    }

    private static func check(_ key: Node, _ value: Node, in path: String) throws {
        let name = key.string ?? ""
        let place = "\(path):\(key.mark?.line ?? 0): \(name)"
        guard let option = ServerOption.all.first(where: { $0.key == name }) else {
            let known = ServerOption.all.map(\.key).joined(separator: ", ")
            throw ConfigurationError(place: place, message: "unknown option; known options are \(known)")
        }
        let isSound =
            value.scalar != nil || (option.kind == .list && value.sequence?.allSatisfy { $0.scalar != nil } ?? false)
        guard isSound else {
            throw ConfigurationError(place: place, message: "expected \(option.kind == .list ? "a list" : "one value")")
        }
    }
}

/// An invalid option, with its source.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The option and where it was given, such as `frontline.yaml: idle-timeout`.
    package let place: String
    /// What is wrong and what is expected.
    package let message: String

    package init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    package var description: String { "\(place): \(message)" }
}
