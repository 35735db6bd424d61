import Foundation

/// Bytes that are read in parts: a file, or memory in its place.
struct FileBytes {
    /// What errors call it.
    let name: String
    let count: Int
    private let source: Source

    private enum Source {
        case memory([UInt8])
        case file(FileHandle)
    }

    /// Opens the file `name` of `folder`.
    init(_ name: String, in folder: URL, limit: Int) throws(EncoderError) {
        try self.init(file: folder.appendingPathComponent(name), name: name, limit: limit)
    }

    init(file: URL, name: String, limit: Int) throws(EncoderError) {
        self.name = name
        do {
            let values = try file.resourceValues(forKeys: [.isRegularFileKey])
            guard values.isRegularFile == true else {
                throw EncoderError(.unreadable, file: name, "there is no such file")
            }
            let handle = try FileHandle(forReadingFrom: file)
            count = Int(try handle.seekToEnd())
            source = .file(handle)
        } catch let error as EncoderError {
            throw error
        } catch {
            throw EncoderError(.unreadable, file: name, "the file cannot be read (\(error.localizedDescription))")
        }
        guard count <= limit else {
            throw EncoderError(.tooLarge, file: name, "\(count) bytes are more than the limit of \(limit)")
        }
    }

    init(_ bytes: [UInt8], name: String) {
        self.name = name
        count = bytes.count
        source = .memory(bytes)
    }

    /// Reads `count` bytes from `offset`; both are within the file.
    func read(_ offset: Int, _ count: Int) throws(EncoderError) -> [UInt8] {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count, "a part is within its file")
        switch source {
        case .memory(let bytes): return Array(bytes[offset..<offset + count])
        case .file(let handle):
            do {
                try handle.seek(toOffset: UInt64(offset))
                let data = count > 0 ? try handle.read(upToCount: count) ?? Data() : Data()
                // The file can have become shorter since it was opened.
                guard data.count == count else {
                    throw EncoderError(.unreadable, file: name, "the file changed while it was read")
                }
                return Array(data)
            } catch let error as EncoderError {
                throw error
            } catch {
                throw EncoderError(.unreadable, file: name, "the file cannot be read (\(error.localizedDescription))")
            }
        }
    }

    func readAll() throws(EncoderError) -> [UInt8] { try read(0, count) }
}
