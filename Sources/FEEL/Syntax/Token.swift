import IEEEDecimal

/// A word, literal or sign of the language with its place in the text.
struct Token {
    enum Kind: Equatable {
        case end
        case number(Decimal128)
        case string(String)
        /// A run of name characters: a keyword, or the first word of a name.
        case word(String)
        case sign(Sign)
    }

    enum Sign: String {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case power = "**"
        case divide = "/"
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case arrow = "->"
        case dot = "."
        case dots = ".."
        case comma = ","
        case colon = ":"
        case at = "@"
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case leftBracket = "["
        case rightBracket = "]"
        case leftBrace = "{"
        case rightBrace = "}"
    }

    let kind: Kind
    let start: Int
    let end: Int

    func isWord(_ word: String) -> Bool { kind == .word(word) }

    func isSign(_ sign: Sign) -> Bool {
        if case .sign(let own) = kind { return own == sign }
        return false
    }

    /// The token as messages name it.
    var text: String {
        switch kind {
        case .end: "the end of the text"
        case .number(let number): "'\(number)'"
        case .string: "a string"
        case .word(let word): "'\(word)'"
        case .sign(let sign): "'\(sign.rawValue)'"
        }
    }
}
