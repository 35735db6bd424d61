import Synchronization

/// Keeps the sensitive values of open sessions in memory only, so they are lost when the process ends.
///
/// After a restart the agent goes back to the step that asks for them. The number of sessions is bounded; the values of
/// the least recently used session are dropped first.
package final class SecretKeeper: Sendable {
    private struct Entry {
        var secrets: ScriptSecrets
        var fingerprint: String?
        var touchedAt: Int64
    }

    private static let maximumSessions = 20_000
    private let entries = Mutex<[String: Entry]>([:])

    package init() {}

    /// The values of a session.
    func secrets(of session: String) -> ScriptSecrets {
        entries.withLock { $0[session]?.secrets } ?? ScriptSecrets()
    }

    /// The fingerprint of the last call with its sensitive value; nil if it is unknown.
    func fingerprint(of session: String) -> String? {
        entries.withLock { $0[session]?.fingerprint }
    }

    /// Keeps the values of a session after its last call.
    func keep(_ secrets: ScriptSecrets, fingerprint: String?, of session: String, now: Int64) {
        entries.withLock { entries in
            guard !secrets.isEmpty || fingerprint != nil else {
                entries[session] = nil
                return
            }
            if entries.count >= Self.maximumSessions, entries[session] == nil {
                let oldest = entries.min { $0.value.touchedAt < $1.value.touchedAt }
                if let oldest { entries[oldest.key] = nil }
            }
            entries[session] = Entry(secrets: secrets, fingerprint: fingerprint, touchedAt: now)
        }
    }

    /// Drops the values of a session.
    func forget(_ session: String) { entries.withLock { $0[session] = nil } }
}
