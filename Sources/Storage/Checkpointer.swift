internal import GRDB

/// Moves the write-ahead log into the database beside the writer, which goes on meanwhile.
package struct Checkpointer: Sendable {
    /// The log is begun anew from this length on, in pages of 4 KiB.
    private static let longLog = 4_096

    let connection: DatabaseQueue
    let pool: DatabasePool

    /// Moves what is committed and no reader needs; to be called a few times a second.
    ///
    /// Of a long log the writer moves what came meanwhile, so that its next transaction begins the log anew. Nobody is
    /// waited for: what another checkpoint or a reader holds is moved the next time.
    ///
    /// - Throws: ``StorageError``.
    package func run() async throws {
        do {
            let moved = try await connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
            guard moved.walFrameCount > Self.longLog else { return }
            _ = try await pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return
        } catch {
            throw Store.translated(error)
        }
    }
}
