import Vocabulary

/// Keeps what others wrote from steering the terminal that it is printed on.
///
/// Everything printed passes through here, so nothing has to be thought of where it is put together. Control
/// characters, C1 included, marks that change the direction of text, invisible tags and the separators of lines and
/// paragraphs become spaces. What the program itself wants in bold or in a colour is marked with scalars of the
/// private use area, which at worst let a text make itself bold.
enum TerminalText {
    /// A way of showing text.
    enum Style: UInt32, CaseIterable {
        case plain = 0xF8F0
        case bold
        case dim
        case red
        case yellow
        case cyan

        /// What switches a terminal to it.
        var sequence: String {
            let code =
                switch self {
                case .plain: 0
                case .bold: 1
                case .dim: 2
                case .red: 31
                case .yellow: 33
                case .cyan: 36
                }
            return "\u{1B}[\(code)m"
        }

        /// What stands for it until it is printed.
        var mark: String { Unicode.Scalar(rawValue).map { String($0) } ?? "" }
    }

    /// Text in a style, to be printed.
    static func styled(_ text: String, _ style: Style) -> String { style.mark + text + Style.plain.mark }

    /// A text as it is written to a terminal or a file.
    ///
    /// - Parameters:
    ///   - text: any text, with styles.
    ///   - keepsLines: whether line breaks are meant.
    ///   - hasStyles: whether styles are shown.
    /// - Returns: the text, harmless.
    static func printable(_ text: String, keepsLines: Bool, hasStyles: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let style = Style(rawValue: scalar.value) {
                if hasStyles { result.append(contentsOf: style.sequence.unicodeScalars) }
            } else if isSteering(scalar), !(scalar == "\n" && keepsLines), scalar != "\t" {
                result.append(" ")
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// A text of JSON with the same meaning and nothing in it that steers a terminal.
    static func printableJSON(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isSteering) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            guard isSteering(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            // Outside of strings JSON has line breaks only, which a line of it has none of.
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }

    private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }
}
