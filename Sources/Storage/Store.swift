import Foundation

/// The durable store, over a driver that knows the database.
///
/// Several processes may open the same store at the same time; they see each other's commits, and
/// ``changes(after:topic:limit:in:)`` tells what changed. What a ``write(durability:_:)`` has returned from survives the end of the
/// process, and with ``Durability/full`` also the loss of power.
///
/// ## Topics
/// - ``read(_:)``
/// - ``write(durability:_:)``
/// - ``recordChanges(topic:keys:in:)``
/// - ``files``
package final class Store: Sendable {
    /// How much a commit waits for.
    package enum Durability: String, Sendable {
        /// The commit is on the device before the call returns.
        case full
        /// The commit survives the end of the process; a loss of power may undo the last ones. A driver may do more.
        case process
    }

    let driver: any StoreDriver

    /// What has to hold for the transactions of a task to be committed, asked inside each of them, before its body.
    ///
    /// What it throws is the failure of the transaction. For what one of several servers does for all: one that was frozen meanwhile
    /// changes nothing any more when it wakes.
    @TaskLocal package static var fence: Fence?

    /// A condition of ``Store/fence``.
    ///
    /// An object, because task-local functions crash where Swift 6.3 optimises whoever sets them.
    package final class Fence: Sendable {
        let check: @Sendable (WriteTransaction) throws -> Void

        package init(_ check: @escaping @Sendable (WriteTransaction) throws -> Void) { self.check = check }
    }

    /// Makes a store of an open database.
    package init(_ driver: any StoreDriver) { self.driver = driver }

    /// What a closed store answers.
    package static let closed = StorageError(code: .cannotOpen, message: "the store is closed")
    /// How many reads run at once.
    package static let maximumReaders = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)

    /// Which database it is.
    package var engine: StoreEngine { driver.engine }

    /// The files of the store, where they are this program's to look after; nil where a database server does so.
    package var files: (any StoreFiles)? { driver.files }

    /// Runs tasks on the threads that read: for the handlers of requests, whose reads then need no other thread.
    package var executor: any TaskExecutor { driver.executor }

    /// Runs `body` on a consistent view; several run at once, on threads of their own, and never wait for the writer.
    ///
    /// A driver may run `body` again when its connection was lost, so it has no effects beside its result.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, which ends what runs; ``StorageError`` `busy` when
    ///   thousands of reads are waiting already; and what `body` throws.
    package func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        do { return try await driver.read(body) } catch { throw driver.damage.noted(error) }
    }

    /// The same as the asynchronous `read`, blocking the calling thread: for commands and for what happens before a server
    /// serves, never for one of Swift's cooperative threads while it does.
    ///
    /// Inside another read of the same thread it goes on with that one's view.
    package func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        do { return try driver.readNow(body) } catch { throw driver.damage.noted(error) }
    }

    /// Runs `body` in the one write transaction, after the writers before it; commits when it returns, undoes all
    /// when it throws.
    ///
    /// Bodies that come while a commit is under way are committed together, each undone alone when it throws: many
    /// writers share one wait for the device. None is answered before the commit that holds it. A driver may run `body`
    /// again when the database asks for that, so it has no effects beside its statements and its result.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, before anything is done; ``StorageError`` `busy` when
    ///   thousands of bodies are waiting already, `unavailable` when the database cannot be reached, `outcomeUnknown` when
    ///   it was lost during the commit; and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(
        durability: Durability = .full,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        do {
            guard let fence = Self.fence else { return try await driver.write(durability: durability, body) }
            return try await driver.write(durability: durability) { transaction in
                try fence.check(transaction)
                return try body(transaction)
            }
        } catch { throw driver.damage.noted(error) }
    }

    /// The same as the asynchronous `write`, blocking the calling thread; see ``readNow(_:)`` for where.
    @discardableResult
    package func writeNow<T>(
        durability: Durability = .full,
        _ body: (WriteTransaction) throws -> T
    ) throws -> T {
        do { return try driver.writeNow(durability: durability, body) } catch { throw driver.damage.noted(error) }
    }

    /// A signal after each commit that added to a log, as its writer announced (``WriteTransaction/announce(_:)``), and
    /// where other processes commit too perhaps after one that did not; signals that nobody has taken yet become one.
    package func commits(to log: String) -> AsyncStream<Void> { driver.listeners.stream(of: log) }

    /// A number that changes whenever any connection of any process has committed.
    ///
    /// Costs nanoseconds and waits for nobody; 0 once the store is closed.
    package var commitMark: UInt64 { driver.mark?.checksum ?? 0 }

    /// The same, asked of the database, so that no commit before the call is missed; blocks as ``readNow(_:)`` does.
    package func commitMarkNow() throws -> UInt64 {
        _ = try readNow { try driver.revisions(in: $0) }
        return commitMark
    }

    /// How often the rows of each topic have changed, whichever process changed them.
    ///
    /// Costs nanoseconds, and a read after another process has committed.
    package func revisions() async throws -> TopicRevisions {
        if let current = knownRevisions { return current }
        return try await read { [driver] in try driver.revisions(in: $0) }
    }

    /// The same without reading; nil after a commit of another process.
    var knownRevisions: TopicRevisions? { driver.knownRevisions }

    // MARK: The database server

    /// Why the database cannot be asked now; nil while it answers, and for a store in files.
    package var outage: StorageError? { driver.outage }

    /// The clock of the database, which several nodes share; nil for a store in files, which goes by this machine's.
    package var time: StoreTime? { driver.time }

    // MARK: Damage

    /// What was found to contradict itself in the store, by a check or by any statement since it was opened; nil while
    /// nothing was.
    package var damage: String? { driver.damage.first }

    /// Reads the whole file once and looks for contradictions, which ``damage`` then tells; does nothing where a database
    /// server looks after its files.
    package func checkIntegrity() async throws {
        guard let files else { return }
        do {
            let found = try await files.findDamage()
            guard !found.isEmpty else { return }
            _ = driver.damage.noted(StorageError(code: .corrupt, message: found.joined(separator: "; ")))
        } catch { throw driver.damage.noted(error) }
    }

    /// Closes every connection.
    ///
    /// Calls after it fail.
    package func close() throws {
        do { try driver.close() } catch { throw driver.damage.noted(error) }
    }
}
