import Storage

extension AuthorityLedger {
    /// What became of the request that a subject has made under an idempotency key, whoever asks; nil when none was.
    package func grant(requestedBy subject: String, key: String) throws -> Grant? {
        try store.readNow { try GrantTable.find(key: key, of: subject, in: $0)?.grant }
    }
}
