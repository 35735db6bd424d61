import Storage

extension AuthorityLedger {
    /// What became of the request that a subject has made under an idempotency key, whoever asks; nil when none was.
    package func grant(requestedBy subject: String, key: String, now: Int64) async throws -> Grant? {
        try await store.read { [self] transaction in
            try GrantTable.find(key: key, of: subject, in: transaction)?.grant
                .standing(at: try expiryMoment(now, in: transaction))
        }
    }
}
