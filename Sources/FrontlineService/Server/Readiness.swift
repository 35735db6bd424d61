import Foundation
import Synchronization

/// Says `ready` on standard error once every listener accepts.
final class Readiness: Sendable {
    private let missing: Mutex<Int>

    /// - Parameter listeners: how many have to report.
    init(listeners: Int) { missing = Mutex(listeners) }

    /// Reports that one listener accepts.
    func report() {
        let isComplete = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isComplete { try? FileHandle.standardError.write(contentsOf: Data("ready\n".utf8)) }
    }
}
