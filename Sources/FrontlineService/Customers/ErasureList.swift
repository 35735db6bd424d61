import Foundation
import FrontlineProtocol
import Resolution
package import Storage
import Synchronization
import Vocabulary

/// The list of a store's erasures, kept as a file beside its backups so that they can be repeated in a restored backup.
///
/// The file has one JSON object per line: the first identifies the store, the others contain the time and a keyed hash
/// of the customer's id, which only this store can compute. Lines are numbered, so that a missing one is detected.
/// Entries are never removed.
package final class ErasureList: Sendable {
    /// The contents of a list.
    package struct Contents: Sendable, Hashable {
        /// The store, identified by a hash with its key.
        package var store = ""
        package var entries: [ErasureRegister.Entry] = []
        /// The numbers of lines that are missing or cannot be read.
        package var gaps: [Int] = []
        /// Whether the last line is incomplete.
        fileprivate var isTorn = false
    }

    private struct State {
        /// The entries in the file; nil before it has been read.
        var known: Set<ErasureRegister.Entry>?
        var lines = 0
        /// The number, in the register, of the last erasure in the file.
        var last: Int64 = 0
    }

    private static let format = "frontline erasures 1"
    private static let maximumBytes = 256 << 20

    /// The path of the file.
    package let path: String
    private let store: Store
    private let state = Mutex(State())

    package init(path: String, store: Store) {
        self.path = path
        self.store = store
    }

    /// The path of the list beside a backup; each store has its own list.
    package static func path(besideBackup path: String, of store: Store) async throws -> String {
        let mark = try await AuthorityLedger.hashMark(of: store).prefix(8)
        return URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("erasures-\(mark).jsonl")
            .path
    }

    /// Updates the file from the store and syncs it to disk.
    ///
    /// - Throws: `StorageError` if the file cannot be written or is the list of another store.
    package func update() async throws {
        let mark = try await AuthorityLedger.hashMark(of: store)
        // The file is written on the reading thread, which may block on the device.
        try await store.read { [self] in try update(mark, in: $0) }
    }

    private func update(_ mark: String, in transaction: ReadTransaction) throws {
        try state.withLock { state in
            let rows = try ErasureRegister.entries(after: state.last, in: transaction)
            // No file is created before the first erasure.
            guard !rows.isEmpty else { return }
            if state.known == nil { try load(&state, mark) }
            let known = state.known ?? []
            let added = rows.map(\.entry).filter { !known.contains($0) }
            if !added.isEmpty { try append(added, &state, mark) }
            state.known = known.union(added)
            state.last = rows.last?.number ?? state.last
        }
    }

    private func load(_ state: inout State, _ mark: String) throws {
        guard let contents = try Self.read(path) else { return }
        guard contents.store == mark else {
            throw StorageError(code: .cannotOpen, message: "\(path) is the list of another store")
        }
        if contents.isTorn {
            try PrivateFile.write(try Self.header(mark) + Self.lines(contents.entries, after: 0), to: path)
        }
        PrivateFile.tighten(path)
        state.known = Set(contents.entries)
        state.lines = contents.isTorn ? contents.entries.count : contents.entries.count + contents.gaps.count
    }

    private func append(_ entries: [ErasureRegister.Entry], _ state: inout State, _ mark: String) throws {
        let lines = try Self.lines(entries, after: state.lines)
        if FileManager.default.fileExists(atPath: path) {
            try PrivateFile.append(lines, to: path)
        } else {
            let all = (state.known ?? []).sorted { ($0.at, $0.customer) < ($1.at, $1.customer) }
            try PrivateFile.write(
                Self.header(mark) + Self.lines(all, after: 0) + Self.lines(entries, after: all.count),
                to: path
            )
            state.lines = all.count
        }
        state.lines += entries.count
    }

    private static func header(_ mark: String) -> [UInt8] {
        line(["format": .string(format), "store": .string(mark)])
    }

    private static func lines(_ entries: [ErasureRegister.Entry], after number: Int) throws -> [UInt8] {
        entries.enumerated().flatMap { offset, entry in
            line([
                "number": .number(JSONNumber(number + offset + 1)),
                "at": .string(Timestamp(microseconds: entry.at).description), "customer": .string(entry.customer),
            ])
        }
    }

    private static func line(_ object: JSONObject) -> [UInt8] {
        JSON.object(object).serialized() + [UInt8(ascii: "\n")]
    }

    /// Reads a file; returns nil if it does not exist.
    ///
    /// - Throws: `StorageError` if it cannot be read or is not a list.
    package static func read(_ path: String) throws -> Contents? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        // A size that cannot be had is looked at by reading, which fails where the file cannot be read.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        guard size <= maximumBytes, let bytes = FileManager.default.contents(atPath: path) else {
            throw StorageError(code: .cannotOpen, message: "\(path) cannot be read")
        }
        return try contents(of: [UInt8](bytes), path)
    }

    private static func contents(of bytes: [UInt8], _ path: String) throws -> Contents {
        var contents = Contents()
        contents.isTorn = !bytes.isEmpty && bytes.last != UInt8(ascii: "\n")
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        // Lines that are no JSON are refused, or counted as gaps, below.
        guard let first = lines.first.flatMap({ try? JSON(parsing: Array($0)) }), first["format"]?.string == format,
            let store = first["store"]?.string
        else { throw StorageError(code: .cannotOpen, message: "\(path) is not a list of erasures") }
        contents.store = store
        var expected = 1
        for line in lines.dropFirst() {
            guard let json = try? JSON(parsing: Array(line)), let number = json["number"]?.int,
                let customer = json["customer"]?.string, let at = json["at"]?.string.flatMap(Timestamp.init)
            else {
                // An incomplete last line was never reported as written.
                if contents.isTorn, line.endIndex == bytes.endIndex { break }
                contents.gaps.append(expected)
                expected += 1
                continue
            }
            if number > expected { contents.gaps += expected..<min(number, expected + lines.count) }
            expected = max(expected, number) + 1
            contents.entries.append(ErasureRegister.Entry(customer: customer, at: at.microseconds))
        }
        return contents
    }
}
