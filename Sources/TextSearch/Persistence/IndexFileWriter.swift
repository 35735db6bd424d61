import Foundation

/// Writes an index to a temporary file, and renames it to the final name when it is complete and synced to disk.
struct IndexFileWriter {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var checksum = Checksum()

    /// Writes a snapshot; the file at `path` is replaced only when everything is written.
    static func write(_ snapshot: IndexSnapshot, tuning: SearchTuning, to path: String) throws(SearchError) {
        var writer = try IndexFileWriter(path: path)
        do {
            try writer.write(snapshot, tuning: tuning)
            try writer.putInPlace()
        } catch {
            close(writer.descriptor)
            unlink(writer.temporaryPath)
            throw error
        }
    }

    private init(path: String) throws(SearchError) {
        self.path = path
        temporaryPath = "\(path).\(getpid()).part"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IndexFile.failure("cannot write", temporaryPath) }
    }

    private mutating func write(_ snapshot: IndexSnapshot, tuning: SearchTuning) throws(SearchError) {
        try write([IndexFile.magic, IndexFile.version, IndexFile.fingerprint(of: tuning)])
        try write([UInt64(bitPattern: snapshot.sequence), UInt64(snapshot.parts.count)])
        for part in snapshot.parts { try write(part) }
        let sum = checksum.value
        try write([sum])
    }

    private mutating func write(_ part: LanguagePart) throws(SearchError) {
        let language = Array(part.language.utf8.prefix(8))
        try write(language.map(UInt64.init) + Array(repeating: 0, count: 8 - language.count))
        try write(part.reference.map { UInt64($0.bitPattern) } + [UInt64(part.segments.count)])
        for view in part.segments {
            try write(view.segment.buffers.map { UInt64($0.byteCount) })
            for buffer in view.segment.buffers { try write(bytes: buffer.bytes) }
            let removed = view.removed
            let lost = (removed?.lostTerms ?? [:]).sorted { $0.key < $1.key }
            try write([UInt64(removed?.bits.count ?? 0), UInt64(lost.count)])
            try write(removed?.bits ?? [])
            try write(lost.map { UInt64($0.key) << 32 | UInt64($0.value) })
        }
    }

    private mutating func write(_ words: [UInt64]) throws(SearchError) {
        var failed: SearchError?
        words.withUnsafeBytes { bytes in
            do throws(SearchError) { try write(bytes: bytes) } catch { failed = error }
        }
        if let failed { throw failed }
    }

    private mutating func write(bytes: UnsafeRawBufferPointer) throws(SearchError) {
        checksum.update(bytes)
        var done = 0
        while done < bytes.count, let start = bytes.baseAddress {
            let count = Foundation.write(descriptor, start + done, min(bytes.count - done, 1 << 28))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw IndexFile.failure("cannot write", temporaryPath) }
            done += count
        }
    }

    private func putInPlace() throws(SearchError) {
        guard fsync(descriptor) == 0 else { throw IndexFile.failure("cannot write", temporaryPath) }
        guard rename(temporaryPath, path) == 0 else { throw IndexFile.failure("cannot replace", path) }
        close(descriptor)
    }
}
