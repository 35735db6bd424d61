import Foundation
import JSONRPC

/// What the program prints.
enum Console {
    /// Writes a line to standard output; ends the program with 1 when nobody takes it, as in `… | head`.
    static func print(_ line: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            exit(1)
        }
    }

    /// Writes a line to standard error, if somebody takes it.
    static func error(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }

    /// Writes a value as one line of JSON to standard output.
    static func printJSON(_ value: some Encodable) throws { print(try JSONEncoding.encode(value).text) }

    /// Whether standard output is a terminal that takes colours.
    static let hasColors = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    /// Whether standard error is a terminal, where progress is shown.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Text in bold on a terminal, plain elsewhere.
    static func bold(_ text: String) -> String { hasColors ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Text in grey on a terminal, plain elsewhere.
    static func dim(_ text: String) -> String { hasColors ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

extension JSON {
    /// The value as one line.
    var text: String {
        var bytes: [UInt8] = []
        serialize(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
