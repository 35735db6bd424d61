package import Storage

/// Texts written by callers, which are stored outside the chain so that they can be erased without breaking it.
extension AuditLog {
    /// The columns of texts; a text from which names are removed loses its salt, because it can no longer be verified.
    package static let texts = StoredText(
        "audit_texts",
        key: ["sequence"],
        column: "text",
        .redact(also: "salt = NULL")
    )

    /// Erases the texts that callers wrote in entries about these things.
    ///
    /// - Returns: the number of texts erased.
    @discardableResult
    package static func eraseTexts(of targets: some Sequence<String>, in transaction: WriteTransaction) throws -> Int {
        try targets.reduce(0) { count, target in
            try count
                + transaction.execute(
                    """
                    DELETE FROM audit_texts WHERE sequence IN (SELECT sequence FROM audit_entries WHERE target = $1)
                    """,
                    [.text(target)]
                )
        }
    }
}
