import Storage

/// What whoever makes a token says of it: for integrations, who answers for it, what it is for and what it may call.
package struct TokenDeclaration: Sendable, Hashable {
    /// The person or team that answers for it.
    package let owner: String?
    /// What it is for.
    package let purpose: String?
    /// The methods it may call; nil for all that its roles may.
    package let allowed: MethodAllowance?

    /// Nothing is declared.
    package static let none = TokenDeclaration()

    /// Whether an owner, a purpose or the methods are missing.
    package var isIncomplete: Bool { owner == nil || purpose == nil || allowed == nil }

    private static let maximumText = 200
    private static let maximumEntries = 200

    package init(owner: String? = nil, purpose: String? = nil, allowed: MethodAllowance? = nil) {
        (self.owner, self.purpose, self.allowed) = (owner, purpose, allowed)
    }

    static let migration = Migration(
        "access-declarations",
        [
            "ALTER TABLE access_tokens ADD COLUMN owner TEXT",
            "ALTER TABLE access_tokens ADD COLUMN purpose TEXT",
            "ALTER TABLE access_tokens ADD COLUMN allowed TEXT",
        ]
    )

    /// The columns that keep it, in the order of ``texts``.
    static let columns = "owner, purpose, allowed"

    /// Reads it from a row that has its columns.
    init(_ row: SQLRow) throws(StorageError) {
        self.init(
            owner: try row.optionalText("owner"),
            purpose: try row.optionalText("purpose"),
            allowed: try row.optionalText("allowed").map {
                MethodAllowance($0.split(separator: " ").map(String.init))
            }
        )
    }

    /// As it is stored.
    var texts: [String?] { [owner, purpose, allowed?.entries.joined(separator: " ")] }

    /// Checks the texts.
    ///
    /// - Throws: ``AccessError`` `invalid`.
    func check() throws(AccessError) {
        for (name, text) in [("owner", owner), ("purpose", purpose)] {
            guard let text else { continue }
            let isPlain = !text.unicodeScalars.contains { $0.value < 32 }
            guard isPlain, text.count <= Self.maximumText, text.contains(where: { !$0.isWhitespace }) else {
                throw AccessError(
                    code: .invalid,
                    message: "\(name) has 1 to \(Self.maximumText) characters and no control characters"
                )
            }
        }
        guard let entries = allowed?.entries else { return }
        guard !entries.isEmpty, entries.count <= Self.maximumEntries,
            entries.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) })
        else {
            throw AccessError(
                code: .invalid,
                message: "1 to \(Self.maximumEntries) methods are declared, each by its name"
            )
        }
    }
}
