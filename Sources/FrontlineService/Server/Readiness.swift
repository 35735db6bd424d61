import Foundation
import Synchronization

/// Prints `ready` on standard error once all listeners accept connections.
final class Readiness: Sendable {
    private let missing: Mutex<Int>

    /// - Parameter listeners: the number of listeners that must report.
    init(listeners: Int) { missing = Mutex(listeners) }

    /// Reports that one listener accepts connections.
    func report() {
        let isComplete = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        // Standard error may be closed; the server works without it.
        if isComplete { try? FileHandle.standardError.write(contentsOf: Data("ready\n".utf8)) }
    }
}
