import Foundation
import Vocabulary

/// What the program prints, all of it made harmless (``TerminalText``).
enum Console {
    /// Writes a line to standard output; ends the program with 1 when nobody takes it, as in `… | head`.
    static func print(_ line: String) { write(line, keepsLines: false) }

    /// Writes a text of several lines to standard output.
    static func printText(_ text: String) { write(text, keepsLines: true) }

    /// Writes lines to standard error, if somebody takes them.
    static func error(_ text: String) {
        let text = TerminalText.printable(text, keepsLines: true, hasStyles: false)
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    private static func write(_ text: String, keepsLines: Bool) {
        let text = TerminalText.printable(text, keepsLines: keepsLines, hasStyles: hasColors)
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
        } catch {
            exit(1)
        }
    }

    /// Writes a value as one line of JSON to standard output.
    static func printJSON(_ value: some Encodable) throws { print(try JSONEncoding.encode(value).text) }

    /// The utterances among arguments: words without quotes come as arguments of one word each.
    static func utterances(_ texts: [String]) -> [String] {
        texts.contains { $0.contains(where: \.isWhitespace) } ? texts : [texts.joined(separator: " ")]
    }

    /// Whether standard output is a terminal that takes colours.
    static let hasColors = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    /// Whether standard error is a terminal, where progress is shown.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Text in bold on a terminal, plain elsewhere.
    static func bold(_ text: String) -> String { TerminalText.styled(text, .bold) }

    /// Text in grey on a terminal, plain elsewhere.
    static func dim(_ text: String) -> String { TerminalText.styled(text, .dim) }
}

extension JSON {
    /// The value as one line, which no terminal takes for anything else.
    var text: String {
        var bytes: [UInt8] = []
        serialize(into: &bytes)
        return TerminalText.printableJSON(String(decoding: bytes, as: UTF8.self))
    }
}
