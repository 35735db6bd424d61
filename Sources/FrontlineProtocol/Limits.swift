import JSONRPC

/// Checks of parameters that the types cannot say.
enum Limits {
    /// Fails unless the number is absent or within the range.
    static func check(_ number: Int?, in range: ClosedRange<Int>, path: String) throws(RPCError) {
        guard let number, !range.contains(number) else { return }
        throw .invalidParams(path: path, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
}
