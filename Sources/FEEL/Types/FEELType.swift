/// A type of the expression language (DMN 1.5, 10.3.2.9 and table 42).
public indirect enum FEELType: Sendable, Hashable {
    /// Every value.
    case any
    /// Only `null`.
    case null
    case number
    case string
    case boolean
    case date
    case time
    case dateAndTime
    case yearsAndMonthsDuration
    case daysAndTimeDuration
    case list(FEELType)
    case range(FEELType)
    /// Entries that must be there, in the order declared; a value may have more.
    case context([Entry])
    case function([FEELType], FEELType)
    /// Any function.
    case anyFunction

    /// An entry of a context type.
    public struct Entry: Sendable, Hashable {
        /// The name of the entry.
        public let name: String
        /// What its value must conform to, null apart.
        public let type: FEELType
        let key: ContextKey
        let quick: QuickCheck

        /// Makes an entry.
        public init(name: String, type: FEELType) {
            self.name = name
            quick = QuickCheck(type)
            key = ContextKey(name)
            self.type = type
        }
    }

    /// Any context.
    public static let anyContext = FEELType.context([])

    /// The built-in type of a name as type references write it (`number`, `date and time`, `dateTime`,
    /// `dayTimeDuration`, `Any`…); nil for every other name.
    public init?(builtinName name: String) {
        switch name {
        case "Any": self = .any
        case "Null": self = .null
        case "number": self = .number
        case "string": self = .string
        case "boolean": self = .boolean
        case "date": self = .date
        case "time": self = .time
        case "date and time", "dateTime": self = .dateAndTime
        case "years and months duration", "yearMonthDuration": self = .yearsAndMonthsDuration
        case "days and time duration", "dayTimeDuration": self = .daysAndTimeDuration
        case "list": self = .list(.any)
        case "context": self = .anyContext
        case "function": self = .anyFunction
        case "range": self = .range(.any)
        default: return nil
        }
    }

    /// The type of a member reached through a path, where it is known.
    func member(_ name: String) -> FEELType? {
        switch self {
        case .context(let entries): entries.first { $0.name == name }?.type
        case .list(let element): element.member(name).map { .list($0) }
        default: nil
        }
    }

    /// The names a filter on a value of this type, or a path from it, can reach.
    var memberNames: [String] {
        switch self {
        case .context(let entries): entries.map(\.name)
        case .list(let element): element.memberNames
        default: []
        }
    }

    /// Whether the type is too large to be carried along: names in scope let a short text build types that grow without end.
    var isLarge: Bool {
        var budget = 5_000
        return !fits(&budget, depth: 64)
    }

    private func fits(_ budget: inout Int, depth: Int) -> Bool {
        budget -= 1
        guard budget > 0, depth > 0 else { return false }
        switch self {
        case .list(let element), .range(let element): return element.fits(&budget, depth: depth - 1)
        case .context(let entries):
            for entry in entries where !entry.type.fits(&budget, depth: depth - 1) { return false }
        case .function(let parameters, let result):
            for parameter in parameters where !parameter.fits(&budget, depth: depth - 1) { return false }
            return result.fits(&budget, depth: depth - 1)
        default: break
        }
        return true
    }

    /// The element of a list type; any other type is taken as a list of itself.
    var element: FEELType {
        if case .list(let element) = self { return element }
        return self
    }
}

extension FEELType: CustomStringConvertible {
    /// The type as the language writes it.
    public var description: String {
        switch self {
        case .any: "Any"
        case .null: "Null"
        case .number: "number"
        case .string: "string"
        case .boolean: "boolean"
        case .date: "date"
        case .time: "time"
        case .dateAndTime: "date and time"
        case .yearsAndMonthsDuration: "years and months duration"
        case .daysAndTimeDuration: "days and time duration"
        case .list(let element): "list<\(element)>"
        case .range(let element): "range<\(element)>"
        case .context(let entries):
            "context<" + entries.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + ">"
        case .anyFunction: "function"
        case .function(let parameters, let result):
            "function<" + parameters.map(\.description).joined(separator: ", ") + "> -> \(result)"
        }
    }
}
