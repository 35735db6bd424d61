/// The part of a type check that costs nothing: whether a value is of a simple type, or null.
package enum QuickCheck: UInt8, Sendable {
    /// Every value passes.
    case any
    case number
    case string
    case boolean
    case date
    /// Every list.
    case list
    /// Every context.
    case context
    /// Only the full check can tell.
    case slow

    /// The check for a type without constraints.
    package init(_ type: FEELType) {
        switch type {
        case .any: self = .any
        case .number: self = .number
        case .string: self = .string
        case .boolean: self = .boolean
        case .date: self = .date
        case .list(.any): self = .list
        case .context(let entries) where entries.isEmpty: self = .context
        default: self = .slow
        }
    }

    /// Whether a value surely conforms; false when the full check must tell.
    @inline(__always)
    package func passes(_ value: borrowing Value) -> Bool {
        switch value {
        case .number: self == .number || self == .any
        case .string: self == .string || self == .any
        case .boolean: self == .boolean || self == .any
        case .date: self == .date || self == .any
        case .list: self == .list || self == .any
        case .context: self == .context || self == .any
        case .null: self != .slow
        default: self == .any
        }
    }
}
