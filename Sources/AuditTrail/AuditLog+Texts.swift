package import Storage

/// What callers wrote stands beside the chain, so that it can be erased while the chain stays whole.
extension AuditLog {
    /// What callers wrote; a text that names were taken out of loses its salt, for it proves nothing any more.
    package static let texts = StoredText(
        "audit_texts",
        key: ["sequence"],
        column: "text",
        .redact(also: "salt = NULL")
    )

    /// Erases what callers wrote when they did something with these things.
    ///
    /// - Returns: how many texts were erased.
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
