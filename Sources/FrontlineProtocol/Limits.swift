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

    private static let maximumText = 4_000
}
