/// A place in the text of an expression.
public struct SourcePosition: Sendable, Hashable {
    /// Counted from 1.
    public var line: Int
    /// Unicode code points, counted from 1.
    public var column: Int

    /// Makes a place; the default is the beginning.
    public init(line: Int = 1, column: Int = 1) {
        self.line = line
        self.column = column
    }
}

extension SourcePosition: CustomStringConvertible {
    /// Line and column with a colon between them.
    public var description: String { "\(line):\(column)" }
}

/// Why a value became null.
public struct Diagnostic: Sendable {
    /// What sort of reason.
    public enum Kind: String, Sendable {
        /// A name that nothing declares.
        case unknownName
        /// Operands or arguments of types the operation does not take.
        case type
        /// An argument of the right type with a value the operation does not take.
        case argument
        /// Division by zero, overflow, or a number outside its range.
        case arithmetic
        /// A function called with arguments that fit none of its signatures, or something called that is none.
        case invocation
        /// A regular expression that is wrong or takes too long.
        case pattern
        /// A bound of ``Limits``.
        case limit
        /// What this engine leaves out: external functions.
        case unsupported
    }

    /// What sort of reason.
    public let kind: Kind
    /// The reason in words.
    public let message: String
    /// Where in the text of the expression.
    public let position: SourcePosition
    /// What ``Evaluation/source`` said at that time.
    public let source: String

    /// Makes a diagnostic.
    public init(kind: Kind, message: String, position: SourcePosition, source: String = "") {
        self.kind = kind
        self.message = message
        self.position = position
        self.source = source
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The source, the place and the message.
    public var description: String {
        (source.isEmpty ? "" : source + ":") + "\(position): \(message)"
    }
}

/// Text that is not an expression of the language.
public struct SyntaxError: Error, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// A character or word where another was expected.
        case unexpected
        /// Text that ends too early, or a literal that is not closed.
        case incomplete
        /// A literal that stands for no value, as `@"2021-13-01"` or a number out of range.
        case literal
        /// A key that a context or a named argument list has twice.
        case duplicate
        /// Nesting or length beyond the bounds.
        case limit
    }

    /// What sort of error.
    public let code: Code
    /// What was expected and found, in words.
    public let message: String
    /// Where in the text.
    public let position: SourcePosition

    /// Makes an error.
    public init(code: Code, message: String, position: SourcePosition) {
        self.code = code
        self.message = message
        self.position = position
    }
}

extension SyntaxError: CustomStringConvertible {
    /// The place and the message.
    public var description: String { "\(position): \(message)" }
}
