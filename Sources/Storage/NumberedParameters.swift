import Synchronization

/// Turns the parameters `$1`, `$2`, … that all databases understand into SQLite's `?1`, `?2`, …, which are bound by their
/// number and not in their order of appearance.
enum NumberedParameters {
    /// The program's statements are few; texts beyond this number are translated anew each time.
    private static let maximumKept = 2_000
    private static let kept = Mutex<[String: String]>([:])

    /// The statement with SQLite's parameters; text in quotes stays as it is.
    static func translated(_ sql: String) -> String {
        if let known = kept.withLock({ $0[sql] }) { return known }
        let result = translate(sql)
        kept.withLock { kept in
            if kept.count < maximumKept { kept[sql] = result }
        }
        return result
    }

    private static func translate(_ sql: String) -> String {
        var (result, isQuoted): ([UInt8], Bool) = ([], false)
        result.reserveCapacity(sql.utf8.count)
        for byte in sql.utf8 {
            if byte == UInt8(ascii: "'") { isQuoted.toggle() }
            result.append(byte == UInt8(ascii: "$") && !isQuoted ? UInt8(ascii: "?") : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
