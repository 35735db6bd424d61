/// A currency of ISO 4217.
package struct Currency: Sendable, Hashable {
    /// The three letters, such as `EUR`.
    package let code: String
    /// How many decimal places the smallest unit has: 2 for cents, 0 for yen, 3 for fils.
    package let digits: Int

    private static let table: [String: Int] = codesByDigits.reduce(into: [:]) { table, entry in
        for code in entry.value.split(separator: " ") { table[String(code)] = entry.key }
    }

    /// The currency of a code in capitals; nil when ISO 4217 has none of that code today.
    package init?(_ code: String) {
        guard let digits = Self.table[code] else { return nil }
        (self.code, self.digits) = (code, digits)
    }
}
