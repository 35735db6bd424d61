import StrictYAML
import Yams

/// The published file of webhooks: who is told of what.
///
/// ## Topics
/// - ``init(yaml:file:)``
/// - ``hooks``
package struct WebhookBook: Sendable, Hashable {
    /// What a file may contain.
    package enum Limits {
        package static let bytes = 256 << 10
        package static let hooks = 32
        package static let teams = 100
        package static let secrets = 4
        package static let retries = 30
    }

    /// Nobody is told of anything.
    package static let empty = WebhookBook(source: "/frontline", keep: Keep(), hooks: [])

    /// For how long ended deliveries are kept.
    package struct Keep: Sendable, Hashable {
        package var delivered: Duration
        /// Those that were given up.
        package var failed: Duration

        package init(delivered: Duration = .seconds(7 * 86_400), failed: Duration = .seconds(30 * 86_400)) {
            (self.delivered, self.failed) = (delivered, failed)
        }
    }

    /// The `source` of events: a URI reference that says which installation tells.
    package let source: String
    package let keep: Keep
    /// The hooks, sorted by name.
    package let hooks: [Webhook]

    /// The hook of a name.
    package subscript(name: String) -> Webhook? { hooks.first { $0.name == name } }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - yaml: its text.
    ///   - file: its name in findings.
    /// - Throws: ``WebhookError`` `invalid` with every mistake and its place.
    package init(yaml: String, file: String) throws(WebhookError) {
        self = try WebhookReader(file: file).read(yaml)
    }

    init(source: String, keep: Keep, hooks: [Webhook]) {
        (self.source, self.keep) = (source, keep)
        self.hooks = hooks.sorted { $0.name < $1.name }
    }
}

/// A place in a file of webhooks.
struct WebhookNode: StrictNode {
    static let longestText = 2_000

    let node: Node
    let file: String

    func child(_ node: Node) -> WebhookNode { WebhookNode(node: node, file: file) }

    func error(_ message: String) -> WebhookFinding {
        WebhookFinding(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    /// A span of time such as `30s`, `5m`, `2h` or `7d`, within a range.
    func time(in range: ClosedRange<Int>) throws(WebhookFinding) -> Duration {
        let units = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let text = node.scalar?.string ?? ""
        guard let unit = units[String(text.suffix(1))], let number = Int(text.dropLast()),
            (0...100_000).contains(number),
            range.contains(number * unit)
        else {
            throw error(
                "a time from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound)) is expected, such as 30s, 5m, 2h or 7d"
            )
        }
        return .seconds(number * unit)
    }

    private static func text(_ seconds: Int) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3_600), ("m", 60)] where seconds >= size && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
