import Storage

/// What is declared when a token is created: for integrations, its owner, its purpose and the methods it may call.
package struct TokenDeclaration: Sendable, Hashable {
    /// The person or team responsible for it.
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

/// The methods that a token is declared for; its roles bound them further.
package struct MethodAllowance: Sendable, Hashable {
    /// Stands for every method.
    package static let everything = "*"

    /// Names of methods such as `conversation.observe`, `conversation.*` for all of a noun, or ``everything``; sorted.
    package let entries: [String]
    private let set: Set<String>

    /// Makes an allowance of some entries; one that is given twice counts once.
    package init(_ entries: some Sequence<String>) {
        set = Set(entries)
        self.entries = set.sorted()
    }

    /// Whether a method is among them.
    package func includes(_ method: String) -> Bool {
        set.contains(method) || set.contains(Self.everything)
            || method.firstIndex(of: ".").map { set.contains("\(method[...$0])\(Self.everything)") } ?? false
    }

    /// Whether an entry stands for a method.
    package static func entry(_ entry: String, covers method: String) -> Bool {
        MethodAllowance([entry]).includes(method)
    }
}
