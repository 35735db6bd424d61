import CLibArchive

/// Reads one file of a ZIP archive as a stream, without unpacking anything to disk.
///
/// The archive is not trusted: names in it are compared and never used as paths, only the requested file is unpacked,
/// in pieces, and every size is limited by ``ZIPLimits`` regardless of the sizes stated in the archive. Memory is
/// bounded by the archive's directory and one piece. Unpacking is done by libarchive. Not `Sendable`: use it from one
/// thread at a time.
package final class ZIPEntryReader {
    private let archive: OpaquePointer
    private let bytes: ArchiveBytes
    private let limits: ZIPLimits
    private let name: String
    /// Unpacked bytes not yet returned; owned by libarchive and valid until the next call.
    private var rest = UnsafeRawBufferPointer(start: nil, count: 0)
    private var isAtEnd = false
    /// The number of bytes unpacked so far.
    package private(set) var unpackedBytes = 0
    private var packedBefore = 0

    private static let entrySignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

    /// Whether bytes begin like a ZIP archive, including an empty one.
    package static func recognises(_ start: some Collection<UInt8>) -> Bool {
        start.starts(with: entrySignature) || start.starts(with: endSignature)
    }

    /// Whether a file begins like a ZIP archive; false if it cannot be read.
    package static func recognises(path: String) -> Bool {
        guard let bytes = try? ArchiveBytes(path: path) else { return false }
        // The returned bytes point into the object's buffer.
        return withExtendedLifetime(bytes) { bytes.next().map { recognises($0) } ?? false }
    }

    /// Opens a file of an archive on disk.
    ///
    /// - Parameters:
    ///   - name: the full name in the archive, compared byte by byte; the first entry with the name is used.
    ///   - path: the archive.
    ///   - limits: limits on the directory and the unpacked size.
    /// - Throws: ``ZIPError``.
    package convenience init(_ name: String, inArchiveAt path: String, limits: ZIPLimits = ZIPLimits()) throws(ZIPError)
    {
        try self.init(name, ArchiveBytes(path: path), limits)
        try find()
    }

    /// Opens a file of an archive in memory.
    package convenience init(_ name: String, in archive: [UInt8], limits: ZIPLimits = ZIPLimits()) throws(ZIPError) {
        try self.init(name, ArchiveBytes(archive), limits)
        try find()
    }

    /// The full names of the files in an archive on disk, in its order; folders and links are left out.
    ///
    /// Nothing is unpacked. A name is as the archive has it, such as `../a` or `/a`, and must not be used as a path.
    ///
    /// - Throws: ``ZIPError``, also if there are more than ``ZIPLimits/entries`` entries.
    package static func names(
        inArchiveAt path: String,
        limits: ZIPLimits = ZIPLimits()
    ) throws(ZIPError) -> [String] {
        let reader = try ZIPEntryReader("", ArchiveBytes(path: path), limits)
        var names: [String] = []
        for _ in 0..<limits.entries {
            guard let entry = try reader.nextEntry() else { return names }
            guard isFile(entry), let name = archive_entry_pathname(entry) else { continue }
            names.append(String(cString: name))
        }
        throw reader.tooManyEntries
    }

    private init(_ name: String, _ bytes: ArchiveBytes, _ limits: ZIPLimits) throws(ZIPError) {
        guard let archive = archive_read_new() else { throw ZIPError(.unreadable, "no memory for an archive") }
        self.archive = archive
        self.bytes = bytes
        self.limits = limits
        self.name = name
        // The directory at the end determines the contents, as in other programs that unpack archives.
        archive_read_support_format_zip_seekable(archive)
        let data = Unmanaged.passUnretained(bytes).toOpaque()
        archive_read_set_callback_data(archive, data)
        archive_read_set_read_callback(archive, Self.read)
        archive_read_set_seek_callback(archive, Self.seek)
        archive_read_set_skip_callback(archive, Self.skip)
        bytes.budget = limits.directoryBytes
        guard archive_read_open1(archive) == ARCHIVE_OK else { throw failure() }
    }

    deinit { archive_read_free(archive) }

    /// Reads bytes into a buffer.
    ///
    /// - Returns: the number of bytes read; 0 at the end of the file.
    /// - Throws: ``ZIPError`` if a limit is exceeded or the archive is damaged.
    package func read(into buffer: inout [UInt8]) throws(ZIPError) -> Int {
        var filled = 0
        while filled < buffer.count {
            if rest.isEmpty {
                guard !isAtEnd else { break }
                try unpack()
                continue
            }
            let count = min(rest.count, buffer.count - filled)
            buffer.withUnsafeMutableBytes { target in
                UnsafeMutableRawBufferPointer(rebasing: target[filled...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            }
            filled += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return filled
    }

    /// The next entry; nil after the last one.
    private func nextEntry() throws(ZIPError) -> OpaquePointer? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        bytes.budget = .max
        if status == ARCHIVE_EOF { return nil }
        // A warning means a name that cannot be represented in this locale, which is not the requested one.
        guard status >= ARCHIVE_WARN, let entry else { throw failure() }
        return entry
    }

    private static func isFile(_ entry: OpaquePointer) -> Bool {
        archive_entry_filetype(entry) & fileTypes == regularFile
    }

    private var tooManyEntries: ZIPError {
        ZIPError(.limit, "the zip archive has more than \(limits.entries) entries")
    }

    private func find() throws(ZIPError) {
        for _ in 0..<limits.entries {
            guard let entry = try nextEntry() else { throw ZIPError(.missing, "a zip archive without \(name)") }
            guard let found = archive_entry_pathname(entry), String(cString: found) == name else { continue }
            guard Self.isFile(entry) else {
                throw ZIPError(.missing, "\(name) in the zip archive is not a file")
            }
            guard archive_entry_is_data_encrypted(entry) == 0 else {
                throw ZIPError(.encrypted, "\(name) in the zip archive is encrypted")
            }
            packedBefore = bytes.bytesRead
            return
        }
        throw tooManyEntries
    }

    private static let fileTypes: mode_t = 0o170000
    private static let regularFile: mode_t = 0o100000

    private func unpack() throws(ZIPError) {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let status = archive_read_data_block(archive, &start, &count, &offset)
        if status == ARCHIVE_EOF {
            isAtEnd = true
            return
        }
        guard status == ARCHIVE_OK else { throw failure() }
        rest = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        unpackedBytes += rest.count
        guard unpackedBytes <= limits.unpackedBytes else {
            throw ZIPError(.limit, "\(name) in the zip archive unpacks to more than \(limits.unpackedBytes) bytes")
        }
        // Count the compressed bytes actually read, because the sizes stated in the archive may be false.
        let packed = max(1, bytes.bytesRead - packedBefore)
        guard unpackedBytes <= limits.bytesBeforeRatio || unpackedBytes / packed <= limits.ratio else {
            throw ZIPError(.limit, "\(name) in the zip archive unpacks to more than \(limits.ratio) times its size")
        }
    }

    private func failure() -> ZIPError {
        if let problem = bytes.problem { return problem }
        let said = archive_error_string(archive).map { String(cString: $0) } ?? "the format is unknown"
        return ZIPError(.damaged, "the zip archive is damaged or truncated (\(said.filter { !$0.isNewline }))")
    }

    // MARK: Callbacks of libarchive

    private static func bytes(_ data: UnsafeMutableRawPointer?) -> ArchiveBytes? {
        data.map { Unmanaged<ArchiveBytes>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let read:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
        ) -> Int = { _, data, buffer in
            guard let next = ZIPEntryReader.bytes(data)?.next() else { return Int(ARCHIVE_FATAL) }
            buffer?.pointee = next.baseAddress
            return next.count
        }

    private static let seek: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int64, Int32) -> Int64 = {
        _,
        data,
        offset,
        origin in
        guard let bytes = ZIPEntryReader.bytes(data) else { return Int64(ARCHIVE_FATAL) }
        let base =
            switch origin {
            case 1: bytes.place
            case 2: bytes.count
            default: 0
            }
        let (place, overflows) = Int64(base).addingReportingOverflow(offset)
        guard !overflows, let reached = bytes.seek(to: Int(place)) else { return Int64(ARCHIVE_FATAL) }
        return Int64(reached)
    }

    private static let skip: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int64) -> Int64 = {
        _,
        data,
        count in
        Int64(ZIPEntryReader.bytes(data)?.skip(Int(count)) ?? 0)
    }
}
