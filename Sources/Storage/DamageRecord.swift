import Synchronization

/// What was found to contradict itself in a store, by a check or by any statement since it was opened.
package final class DamageRecord: Sendable {
    private let found = Mutex<String?>(nil)

    package init() {}

    /// The first finding; nil while there is none.
    package var first: String? { found.withLock { $0 } }

    /// The error, once it is known that the store is damaged where it says so.
    package func noted(_ error: any Error) -> any Error {
        if let error = error as? StorageError, error.code == .corrupt {
            found.withLock { $0 = $0 ?? error.message }
        }
        return error
    }
}
