import JSONRPC

/// Checks of parameters that the types cannot say.
enum Limits {
    /// Fails unless the number is absent or within the range.
    static func check(_ number: Int?, in range: ClosedRange<Int>, path: String) throws(RPCError) {
        guard let number, !range.contains(number) else { return }
        throw .invalidParams(path: path, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Fails for a text that people write, when it says nothing or goes on for too long.
    static func check(_ text: String, path: String) throws(RPCError) {
        guard text.utf8.count > maximumText || !text.contains(where: { !$0.isWhitespace }) else { return }
        throw .invalidParams(path: path, expected: "a text of 1 to \(maximumText) bytes")
    }

    /// Fails for an id that the caller chose, when it is empty, too long or not printable.
    static func checkName(_ name: String?, path: String) throws(RPCError) {
        guard let name else { return }
        let isPrintable = name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        guard (1...maximumName).contains(name.utf8.count), isPrintable else {
            throw .invalidParams(path: path, expected: "1 to \(maximumName) bytes without control characters")
        }
    }

    /// Fails for a filter of alerts that names nothing, too much or what is no name.
    static func checkAlertFilters(kinds: [String]?, teams: [String]?, agents: [String]?) throws(RPCError) {
        try checkFilters([("kinds", kinds), ("teams", teams), ("agents", agents)])
    }

    /// Fails for a filter, known by its member, that names nothing, too much or what is no name.
    static func checkFilters(_ filters: [(member: String, names: [String]?)]) throws(RPCError) {
        for (member, names) in filters {
            try check(names?.count, in: 1...maximumNames, path: "params.\(member)")
            for (index, name) in (names ?? []).enumerated() {
                try checkName(name, path: "params.\(member)[\(index)]")
            }
        }
    }

    private static let maximumNames = 100
    private static let maximumText = 4_000
    private static let maximumName = 200
}
