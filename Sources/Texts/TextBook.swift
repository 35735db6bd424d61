import BuiltInData
import StrictYAML
import Yams

/// The texts of one language: a file of `rules/texts`, read strictly.
///
/// The file is a flat map of keys to texts in the language given by its name. The keys `number.decimal`,
/// `number.group`, `money` and `money.CUR` define how numbers and amounts are written.
///
/// ## Topics
/// - ``init(yaml:locale:file:)``
/// - ``TextSet``
package struct TextBook: Sendable {
    /// The language, such as `de` or `de-at`, in lower case.
    package let locale: String
    /// The texts by their keys.
    let texts: [String: TextTemplate]

    private static let limits = YAMLSource.Limits(bytes: 1 << 20, depth: 8)
    private static let maximumText = 2_000
    private static let maximumFindings = 50

    /// Reads a file of texts.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - locale: the language.
    ///   - file: the file's name in errors.
    /// - Throws: ``TextError`` with all mistakes and their places.
    package init(yaml: String, locale: String, file: String) throws(TextError) {
        self.locale = TextBook.normalized(locale)
        let root = try Self.map(yaml, file: file)
        var texts: [String: TextTemplate] = [:]
        var findings: [TextError.Finding] = []
        for (key, value) in root {
            do throws(TextError) {
                let (name, text) = try Self.entry(key, value, file: file)
                texts[name] = text
            } catch {
                findings += error.findings.prefix(Self.maximumFindings - findings.count)
            }
        }
        guard findings.isEmpty else { throw TextError(findings: findings) }
        self.texts = texts
    }

    /// The keys of its texts, sorted.
    package var keys: [String] { texts.keys.sorted() }

    /// The names of the values that the text of a key uses; nil if there is no such text.
    package func names(of key: String) -> Set<String>? { texts[key]?.names }

    private static func map(_ yaml: String, file: String) throws(TextError) -> Node.Mapping {
        let node: Node?
        do {
            node = try YAMLSource(yaml, limits: limits).root()
        } catch {
            let message =
                error.kind == .tooLong
                ? "a file of texts is at most \(limits.bytes >> 20) MiB long" : error.message()
            throw TextError(
                findings: [TextError.Finding(file: file, line: error.line, column: error.column, message: message)]
            )
        }
        guard let map = node?.mapping else { throw TextError(file, "a map of keys to texts is expected") }
        return map
    }

    private static func entry(
        _ key: Node,
        _ value: Node,
        file: String
    ) throws(TextError) -> (name: String, text: TextTemplate) {
        guard let name = key.scalar?.string, isName(name[...]) else {
            throw TextError(file, "a key is expected: letters, digits, “.”, “_” and “-”", at: key)
        }
        guard let text = value.scalar?.string, !text.isEmpty, text.utf8.count <= maximumText else {
            throw TextError(file, "a text of 1 to \(maximumText) bytes is expected for “\(name)”", at: value)
        }
        do {
            return (name, try TextTemplate(text))
        } catch {
            throw TextError(file, error.message, at: value)
        }
    }

    /// Whether a text is a valid key or name of a value.
    static func isName(_ text: Substring) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
    }

    /// Normalises the name of a language, so that `de_AT` and `de-at` are equal.
    package static func normalized(_ locale: String) -> String {
        locale.replacing("_", with: "-").lowercased()
    }
}

extension TextBook {
    /// The texts linked into the program, one book for each language, from the repository's `rules/texts`.
    package static let builtIn: [TextBook] = (0..<frontline_built_in_text_count()).map { index in
        let file = frontline_built_in_text(index)
        let yaml = String(decoding: UnsafeRawBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
        let name = String(cString: file.name)
        do {
            return try TextBook(yaml: yaml, locale: String(name.prefix { $0 != "." }), file: name)
        } catch {
            preconditionFailure("a built-in file of texts is broken: \(error)")
        }
    }
}
