internal import CLibPQ
import Foundation
internal import Storage

/// Waiting for the answers of the server, and taking them in the order of what was sent.
extension PostgresConnection {
    /// How long an answer is waited for without a look at whether there is any hope of it.
    private static let slice = Duration.milliseconds(100)

    /// Takes what still has to come of earlier statements.
    func settle() throws {
        guard !isLost else { throw lost() }
        try stream?.hold()
        while owed > 0 {
            owed -= 1
            var failure: StorageError?
            PQclear(try takeAnswer(&failure))
            try takeSync()
            if let failure { throw failure }
        }
    }

    /// Takes the answer to the next command; the first failure is noted.
    ///
    /// - Returns: its result, to be cleared; nil for a command that failed or was not run.
    func takeAnswer(_ failure: inout StorageError?) throws -> OpaquePointer? {
        var answer: OpaquePointer?
        while let result = try takeResult() {
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                PQclear(answer)
                answer = result
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            default:
                failure = failure ?? PostgresError.error(of: result)
                PQclear(result)
            }
        }
        return answer
    }

    /// Takes the mark that ends what was sent together.
    func takeSync() throws {
        guard let result = try takeResult() else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost() }
    }

    /// Waits for the next result; nil at the end of a command.
    ///
    /// - Throws: ``StorageError`` `unavailable` when the connection is lost.
    func takeResult() throws -> OpaquePointer? {
        if PQisBusy(handle) == 1 {
            var end = ContinuousClock.now + answerLimit
            while PQisBusy(handle) == 1 {
                let isWoken = try wait(until: end)
                if isWoken { end = min(end, .now + Self.grace) }
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            }
        }
        let result = PQgetResult(handle)
        guard PQstatus(handle) == CONNECTION_OK else {
            // The server says why before it closes.
            let failure = result.map { PostgresError.error(of: $0) }
            PQclear(result)
            lose()
            throw failure?.code == .unavailable ? failure ?? lost() : lost()
        }
        return result
    }

    /// Waits for the socket, and passes a cancellation on.
    ///
    /// - Returns: whether the statement was cancelled.
    private func wait(until end: ContinuousClock.Instant) throws -> Bool {
        let left = (end - .now).milliseconds
        guard end > .now else {
            lose()
            throw PostgresError.lost("the database does not answer")
        }
        // A descriptor of -1 is passed over.
        let other = stop == nil || isCancelSent ? -1 : wake
        var descriptors = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        let slice = isHopeless == nil ? left : min(left, Self.slice.milliseconds)
        let ready = poll(&descriptors, 2, Int32(clamping: slice))
        guard ready >= 0 || errno == EINTR else { throw lost() }
        if ready == 0, let isHopeless, isHopeless() {
            lose()
            throw PostgresError.lost("the database does not answer")
        }
        guard descriptors[1].revents != 0, stop?.isCancelled == true else { return false }
        cancelStatement()
        return true
    }

    /// Asks the database to end the statement; its answer is then a failure.
    private func cancelStatement() {
        isCancelSent = true
        guard let cancel = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(cancel) }
        var reason = [CChar](repeating: 0, count: 256)
        _ = PQcancel(cancel, &reason, Int32(reason.count))
    }

    /// Begins another read, which `stop` may cancel.
    func watch(_ stop: ReadStop?) {
        var value: UInt64 = 0
        if wake >= 0 { _ = Foundation.read(wake, &value, 8) }
        (self.stop, isCancelSent) = (stop, false)
    }
}
