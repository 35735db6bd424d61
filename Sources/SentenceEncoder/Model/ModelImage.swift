internal import CEncoderKernels
internal import Digests
import Foundation

/// A converted model: one block of memory, or a file mapped as one, in the layout that the kernels read.
///
///     0   "SENTENC" and a zero         8 bytes
///     8   version                      4 bytes
///     12  length of the description    4 bytes
///     16  length of the vocabulary     8 bytes
///     24  length of everything         8 bytes
///     32  SHA-256 of what follows      32 bytes
///     64  description (JSON), vocabulary (tokens, each after its length in 4 bytes), then the tensors
///
/// Numbers are little-endian. Each part begins at a multiple of 64. Where a tensor is follows from the description, so
/// that the file has no offsets that could be wrong.
///
/// `@unchecked Sendable`: the memory is written before `init` returns and is only read afterwards.
final class ModelImage: @unchecked Sendable {
    static let version: UInt32 = 1
    static let headerSize = 64
    private static let magic: [UInt8] = Array("SENTENC\0".utf8)

    let bytes: UnsafeRawBufferPointer
    let description: ModelDescription
    let layout: ImageLayout
    let tokenizer: Tokenizer
    /// The digest in hexadecimal.
    let identity: String
    private let isMapped: Bool

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    /// Maps a converted model.
    ///
    /// The whole file is read once to compare its digest. A file that another process shortens while it is mapped would
    /// end this one, so files are only ever replaced (``write(to:)``).
    convenience init(mapping file: URL, limits: ModelLimits) throws(EncoderError) {
        let name = file.lastPathComponent
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw EncoderError(.unreadable, file: name, "the file cannot be opened (\(reason))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw EncoderError(.unreadable, file: name, "it is not a file")
        }
        let size = Int(status.st_size)
        guard size <= limits.modelBytes else {
            throw EncoderError(.tooLarge, file: name, "\(size) bytes are more than the limit of \(limits.modelBytes)")
        }
        guard size > Self.headerSize else { throw EncoderError(.corrupt, file: name, "shorter than its header") }
        let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let memory, memory != MAP_FAILED else {
            throw EncoderError(.unreadable, file: name, "the file cannot be mapped")
        }
        try self.init(
            UnsafeRawBufferPointer(start: memory, count: size),
            isMapped: true,
            name: name,
            limits: limits
        )
    }

    /// Reads a converted model from memory.
    convenience init(copying bytes: [UInt8], name: String, limits: ModelLimits) throws(EncoderError) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
        memory.copyBytes(from: bytes)
        try self.init(
            UnsafeRawBufferPointer(rebasing: memory[..<bytes.count]),
            isMapped: false,
            name: name,
            limits: limits
        )
    }

    /// Takes over `bytes`, which are freed if they are not a model.
    init(
        _ bytes: UnsafeRawBufferPointer,
        isMapped: Bool,
        name: String,
        limits: ModelLimits
    ) throws(EncoderError) {
        let parts: (ModelDescription, ImageLayout, Tokenizer, String)
        do throws(EncoderError) {
            parts = try Self.read(bytes, name: name, limits: limits)
        } catch {
            // `deinit` does not run when `init` throws before all properties are set.
            if isMapped {
                munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
            } else {
                bytes.deallocate()
            }
            throw error
        }
        self.bytes = bytes
        self.isMapped = isMapped
        (description, layout, tokenizer, identity) = parts
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer,
        name: String,
        limits: ModelLimits
    ) throws(EncoderError) -> (ModelDescription, ImageLayout, Tokenizer, String) {
        func corrupt(_ message: String) -> EncoderError { EncoderError(.corrupt, file: name, message) }
        guard bytes.count > headerSize, bytes.starts(with: magic) else {
            throw EncoderError(.malformed, file: name, "it is not a converted model")
        }
        let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard version == Self.version else {
            throw EncoderError(
                .unsupported,
                file: name,
                "version \(version) of the format; this library reads \(Self.version). Convert the model again"
            )
        }
        let descriptionSize = Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
        let vocabularySize = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        guard bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self) == UInt64(bytes.count) else {
            throw corrupt("its length is not the one that it states")
        }
        let digest = SHA256.digest(of: UnsafeRawBufferPointer(rebasing: bytes[headerSize...]))
        guard bytes[32..<headerSize].elementsEqual(digest) else { throw corrupt("its checksum is wrong") }
        // Below this point only a file that was made to deceive is wrong; it must not harm either.
        guard descriptionSize <= limits.headerBytes, vocabularySize <= UInt64(limits.vocabularyBytes * 2) else {
            throw EncoderError(.tooLarge, file: name, "its description or vocabulary is too large")
        }
        guard descriptionSize + Int(vocabularySize) + 2 * headerSize <= bytes.count else {
            throw corrupt("its parts are longer than the file")
        }
        let json = try JSON(Array(bytes[headerSize..<headerSize + descriptionSize]), file: name)
        let description = try ModelDescription(json, file: name)
        try description.check(limits, file: name)
        let layout = ImageLayout(description, descriptionSize: descriptionSize, vocabularySize: Int(vocabularySize))
        guard layout.size == bytes.count else { throw corrupt("its tensors are not as long as its description says") }
        let vocabulary = UnsafeRawBufferPointer(rebasing: bytes[layout.vocabulary...].prefix(Int(vocabularySize)))
        var tokens: [[UInt8]] = []
        var position = 0
        while position < vocabulary.count {
            guard vocabulary.count - position >= 4 else { throw corrupt("its vocabulary is cut off") }
            let length = Int(vocabulary.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            position += 4
            guard length <= vocabulary.count - position else { throw corrupt("its vocabulary is cut off") }
            tokens.append(Array(vocabulary[position..<position + length]))
            position += length
        }
        guard tokens.count == description.vocabularySize else { throw corrupt("its vocabulary has another size") }
        let tokenizer = Tokenizer(
            tokens: tokens,
            specialTokens: description.specialTokens,
            roles: description.roles,
            normalization: description.normalization,
            continuingPrefix: description.continuingPrefix,
            maximumWordLength: description.maximumWordLength
        )
        return (description, layout, tokenizer, Bytes.hexadecimal(digest))
    }

    /// Writes the model to a file, which is complete or not there.
    func write(to file: URL) throws(EncoderError) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            // `atomic` writes a temporary file beside it and renames that.
            try Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: bytes.baseAddress.unsafelyUnwrapped),
                count: bytes.count,
                deallocator: .none
            ).write(to: file, options: .atomic)
        } catch {
            throw EncoderError(
                .unreadable,
                file: file.lastPathComponent,
                "the file cannot be written (\(error.localizedDescription))"
            )
        }
    }

    /// Lays out a model: `fill` writes the tensors.
    static func build(
        _ description: ModelDescription,
        tokens: [[UInt8]],
        name: String,
        limits: ModelLimits,
        fill: (UnsafeMutableRawPointer, ImageLayout) throws(EncoderError) -> Void
    ) throws(EncoderError) -> ModelImage {
        let json = Array(description.json.utf8)
        let vocabularySize = tokens.reduce(0) { $0 + 4 + $1.count }
        let layout = ImageLayout(description, descriptionSize: json.count, vocabularySize: vocabularySize)
        guard layout.size <= limits.modelBytes else {
            throw EncoderError(.tooLarge, file: name, "the converted model would take \(layout.size) bytes")
        }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: layout.size, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        do throws(EncoderError) {
            memory.copyBytes(from: magic)
            memory.storeBytes(of: version, toByteOffset: 8, as: UInt32.self)
            memory.storeBytes(of: UInt32(json.count), toByteOffset: 12, as: UInt32.self)
            memory.storeBytes(of: UInt64(vocabularySize), toByteOffset: 16, as: UInt64.self)
            memory.storeBytes(of: UInt64(layout.size), toByteOffset: 24, as: UInt64.self)
            UnsafeMutableRawBufferPointer(rebasing: memory[headerSize...]).copyBytes(from: json)
            var position = layout.vocabulary
            for token in tokens {
                memory.storeBytes(of: UInt32(token.count), toByteOffset: position, as: UInt32.self)
                UnsafeMutableRawBufferPointer(rebasing: memory[(position + 4)...]).copyBytes(from: token)
                position += 4 + token.count
            }
            if let base = memory.baseAddress { try fill(base, layout) }
        } catch {
            memory.deallocate()
            throw error
        }
        let digest = SHA256.digest(of: UnsafeRawBufferPointer(rebasing: memory[headerSize...]))
        UnsafeMutableRawBufferPointer(rebasing: memory[32...]).copyBytes(from: digest)
        return try ModelImage(UnsafeRawBufferPointer(memory), isMapped: false, name: name, limits: limits)
    }
}
