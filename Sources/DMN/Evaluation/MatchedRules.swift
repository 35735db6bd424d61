/// The places of the rules that matched, in order; none or one cost no memory of their own.
enum MatchedRules: Sendable, RandomAccessCollection {
    case none
    case one(Int32)
    case many([Int32])

    init(_ rules: [Int32]) {
        switch rules.count {
        case 0: self = .none
        case 1: self = .one(rules[0])
        default: self = .many(rules)
        }
    }

    var startIndex: Int { 0 }

    var endIndex: Int {
        switch self {
        case .none: 0
        case .one: 1
        case .many(let rules): rules.count
        }
    }

    subscript(position: Int) -> Int {
        switch self {
        case .none: preconditionFailure("no rule matched")
        case .one(let rule): Int(rule)
        case .many(let rules): Int(rules[position])
        }
    }

    /// Adds a rule.
    mutating func append(_ rule: Int32) {
        switch self {
        case .none: self = .one(rule)
        case .one(let first): self = .many([first, rule])
        case .many(var rules):
            self = .none
            rules.append(rule)
            self = .many(rules)
        }
    }
}
