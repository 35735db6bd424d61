internal import Digests
package import Foundation

/// Why an index cannot be saved or loaded.
package struct VectorIndexError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    package enum Code: String, Sendable, Hashable {
        /// The file cannot be read or written.
        case unreadable
        /// The file is damaged, or no index.
        case corrupt
        /// The file is of another version of the format.
        case unsupported
    }

    package let code: Code
    /// The file's name.
    package let file: String
    package let message: String

    package var description: String { "\(file): \(message)" }
}

/// The file of an index.
///
///     0   "VECINDX" and a zero          8 bytes
///     8   version, dimension, partitions, whether there are centres      4 bytes each
///     24  vectors, and vectors when partitions were last formed          8 bytes each
///     40  SHA-256 of all the rest       32 bytes
///     72  centres (floats); then for each partition the number of its vectors (4 bytes), vectors, scales and numbers
///
/// Numbers are little-endian. Vectors have their dimension rounded up to 64.
extension VectorIndex {
    private static let magic = Array("VECINDX\0".utf8)
    private static let version: UInt32 = 1
    private static let headerSize = 72

    /// Writes the index to a file for its owner only, which is complete or not there.
    ///
    /// Changes made meanwhile are not in it. Memory: one partition.
    ///
    /// - Throws: ``VectorIndexError``.
    package func save(to file: URL) throws {
        let (state, formed) = snapshot
        let temporary = file.deletingLastPathComponent().appendingPathComponent(".\(file.lastPathComponent).\(UUID())")
        do {
            let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
            guard FileManager.default.createFile(atPath: temporary.path, contents: nil, attributes: mode) else {
                throw VectorIndexError(code: .unreadable, file: file.lastPathComponent, message: "it cannot be written")
            }
            defer { try? FileManager.default.removeItem(at: temporary) }
            let handle = try FileHandle(forWritingTo: temporary)
            defer { try? handle.close() }
            var header = Data(Self.magic)
            for number in [
                Self.version, UInt32(dimension), UInt32(state.partitions.count), state.centroids == nil ? 0 : 1,
            ] {
                withUnsafeBytes(of: number.littleEndian) { header.append(contentsOf: $0) }
            }
            for number in [UInt64(state.count), UInt64(formed)] {
                withUnsafeBytes(of: number.littleEndian) { header.append(contentsOf: $0) }
            }
            let digest = SHA256.Stream()
            header.withUnsafeBytes { digest.add($0) }
            try handle.write(contentsOf: Data(count: Self.headerSize))
            func write(_ bytes: UnsafeRawBufferPointer) throws {
                digest.add(bytes)
                try handle.write(contentsOf: Data(bytes))
            }
            if let centroids = state.centroids { try centroids.values.withUnsafeBytes(write) }
            for partition in state.partitions {
                try withUnsafeBytes(of: UInt32(partition.count).littleEndian, write)
                try write(partition.bytes)
            }
            header.append(contentsOf: digest.finish())
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: header)
            try handle.synchronize()
            guard rename(temporary.path, file.path) == 0 else {
                throw VectorIndexError(code: .unreadable, file: file.lastPathComponent, message: "it cannot be renamed")
            }
        } catch let error as VectorIndexError {
            throw error
        } catch {
            throw VectorIndexError(
                code: .unreadable,
                file: file.lastPathComponent,
                message: "it cannot be written (\(error.localizedDescription))"
            )
        }
    }

    /// Reads an index that ``save(to:)`` wrote.
    ///
    /// - Throws: ``VectorIndexError``.
    package convenience init(loading file: URL, options: Options = Options()) throws {
        let data: Data
        do {
            data = try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            throw VectorIndexError(
                code: .unreadable,
                file: file.lastPathComponent,
                message: "it cannot be read (\(error.localizedDescription))"
            )
        }
        let parts = try data.withUnsafeBytes { try Self.read($0, file: file.lastPathComponent) }
        self.init(dimension: parts.dimension, options: options, state: parts.state, formed: parts.formed)
    }

    /// Reads an index from memory.
    ///
    /// - Throws: ``VectorIndexError``.
    package convenience init(loading bytes: [UInt8], options: Options = Options()) throws {
        let parts = try bytes.withUnsafeBytes { try Self.read($0, file: "the index") }
        self.init(dimension: parts.dimension, options: options, state: parts.state, formed: parts.formed)
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer,
        file: String
    ) throws -> (dimension: Int, state: IndexState, formed: Int) {
        func corrupt(_ message: String) -> VectorIndexError { .init(code: .corrupt, file: file, message: message) }
        guard bytes.count >= headerSize, bytes.starts(with: magic) else { throw corrupt("it is not an index") }
        func number(_ offset: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
        guard number(8) == Int(version) else {
            throw VectorIndexError(code: .unsupported, file: file, message: "version \(number(8)) of the format")
        }
        let digest = SHA256.Stream()
        digest.add(UnsafeRawBufferPointer(rebasing: bytes[..<40]))
        digest.add(UnsafeRawBufferPointer(rebasing: bytes[headerSize...]))
        guard bytes[40..<headerSize].elementsEqual(digest.finish()) else { throw corrupt("its checksum is wrong") }
        let (dimension, partitionCount, hasCentroids) = (number(12), number(16), number(20) == 1)
        guard (1...16_384).contains(dimension) else { throw corrupt("its dimension is \(dimension)") }
        let stride = (dimension + 63) / 64 * 64
        var position = headerSize
        func take(_ count: Int) throws -> UnsafeRawBufferPointer {
            guard count <= bytes.count - position else { throw corrupt("it is cut off") }
            defer { position += count }
            return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
        }
        var centroids: Centroids?
        if hasCentroids {
            guard partitionCount > 0 else { throw corrupt("it has no partitions") }
            let raw = try take(partitionCount * stride * 4)
            let values = (0..<partitionCount * stride).map {
                raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)
            }
            guard values.allSatisfy({ $0.isFinite }) else { throw corrupt("a centre is not finite") }
            centroids = Centroids(values, stride: stride)
        }
        var partitions: [Partition] = []
        var places = PlaceTable()
        for place in 0..<partitionCount {
            let count = Int(try take(4).loadUnaligned(as: UInt32.self))
            let raw = try take(count * (stride + 8))
            let partition = Partition(count: count, stride: stride) { $0.fill(raw) }
            for row in 0..<count {
                guard places[partition.ids[row]] == nil, partition.scales[row].isFinite else {
                    throw corrupt("a vector is there twice, or is not finite")
                }
                places.set(partition.ids[row], to: place)
            }
            partitions.append(partition)
        }
        guard position == bytes.count else { throw corrupt("it is longer than its parts") }
        let formed = bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
        let state = IndexState(partitions: partitions, centroids: centroids, places: places)
        let stated = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        guard stated == UInt64(state.count), formed <= UInt64(UInt32.max) else {
            throw corrupt("its number of vectors is not the one that it states")
        }
        return (dimension, state, Int(formed))
    }
}
