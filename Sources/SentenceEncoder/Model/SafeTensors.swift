internal import CEncoderKernels

/// The tensors of a file in the safetensors format: eight bytes with the length of a JSON header, the header, the data.
///
/// Every offset, shape and type is checked when the file is opened; data is read and widened tensor by tensor.
struct SafeTensors {
    private struct Tensor {
        let type: String
        let shape: [Int]
        let offset: Int
        let count: Int
    }

    private let file: FileBytes
    private let dataStart: Int
    private let tensors: [String: Tensor]
    /// What stands before the names of the encoder's tensors: nothing, or `bert.`.
    private let prefix: String

    private static let sizes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2, "I32": 4,
        "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
    ]

    init(_ file: FileBytes, limits: ModelLimits) throws(EncoderError) {
        self.file = file
        guard file.count >= 8 else { throw EncoderError(.malformed, file: file.name, "shorter than its header") }
        var length: UInt64 = 0
        for (position, byte) in try file.read(0, 8).enumerated() { length |= UInt64(byte) << (8 * UInt64(position)) }
        guard length <= UInt64(file.count - 8) else {
            throw EncoderError(.malformed, file: file.name, "a header of \(length) bytes is longer than the file")
        }
        guard length <= UInt64(limits.headerBytes) else {
            throw EncoderError(.tooLarge, file: file.name, "a header of \(length) bytes")
        }
        dataStart = 8 + Int(length)
        guard let members = try JSON(try file.read(8, Int(length)), file: file.name).object else {
            throw EncoderError(.malformed, file: file.name, "the header is not an object")
        }
        guard members.count <= 65_536 else {
            throw EncoderError(.tooLarge, file: file.name, "\(members.count) tensors")
        }
        var tensors: [String: Tensor] = [:]
        for (name, value) in members where name != "__metadata__" {
            tensors[name] = try Self.tensor(value, name, file, dataSize: file.count - dataStart)
        }
        self.tensors = tensors
        prefix = tensors["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
    }

    private static func tensor(
        _ value: JSON,
        _ name: String,
        _ file: FileBytes,
        dataSize: Int
    ) throws(EncoderError) -> Tensor {
        func error(_ message: String) -> EncoderError {
            EncoderError(.malformed, file: file.name, tensor: name, message)
        }
        guard let type = value["dtype"]?.string, let size = sizes[type] else {
            throw error("the type \(value["dtype"]?.string ?? "") is unknown")
        }
        guard let dimensions = value["shape"]?.array, dimensions.count <= 8 else { throw error("it has no shape") }
        var shape: [Int] = []
        var count = 1
        for dimension in dimensions {
            guard let number = dimension.integer, number >= 0 else { throw error("its shape is not of sizes") }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: number)
            guard !isTooLarge, product <= Int.max / 8 else { throw error("its shape is too large") }
            count = product
            shape.append(number)
        }
        guard let offsets = value["data_offsets"]?.array, offsets.count == 2, let start = offsets[0].integer,
            let end = offsets[1].integer, start >= 0, end >= start, end <= dataSize
        else { throw error("its data is not within the file") }
        guard end - start == count * size else {
            throw error("\(end - start) bytes are not \(count) values of type \(type)")
        }
        return Tensor(type: type, shape: shape, offset: start, count: count)
    }

    /// The values of a tensor that must have this shape, as floats.
    ///
    /// Its name is given without `bert.`. A value that is not finite is an error, because it would make every answer
    /// useless.
    func read(_ name: String, shape: [Int]) throws(EncoderError) -> [Float] {
        let name = prefix + name
        func error(_ code: EncoderError.Code, _ message: String) -> EncoderError {
            EncoderError(code, file: file.name, tensor: name, message)
        }
        guard let tensor = tensors[name] else { throw error(.malformed, "the file does not contain it") }
        guard tensor.shape == shape else {
            throw error(.malformed, "its shape is \(tensor.shape), not \(shape) as the configuration says")
        }
        guard ["F32", "F16", "BF16"].contains(tensor.type) else {
            throw error(.unsupported, "the type \(tensor.type) is not F32, F16 or BF16")
        }
        let size = tensor.type == "F32" ? 4 : 2
        let bytes = try file.read(dataStart + tensor.offset, tensor.count * size)
        let floats = [Float](unsafeUninitializedCapacity: tensor.count) { floats, count in
            bytes.withUnsafeBytes { bytes in
                if let from = bytes.baseAddress, let to = floats.baseAddress {
                    switch tensor.type {
                    case "F32": UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: bytes.count)
                    // The array is a new allocation, which is aligned.
                    case "F16": frontline_widen_half(from.assumingMemoryBound(to: UInt16.self), tensor.count, to)
                    default: frontline_widen_bfloat(from.assumingMemoryBound(to: UInt16.self), tensor.count, to)
                    }
                }
            }
            count = tensor.count
        }
        let bad = frontline_first_not_finite(floats, floats.count)
        guard bad == floats.count else { throw error(.malformed, "value \(bad) is not a finite number") }
        return floats
    }

    /// The first dimension of a tensor of this name, given without `bert.`; 1 if it has none.
    func rows(_ name: String) -> Int { max(tensors[prefix + name]?.shape.first ?? 1, 1) }

    /// Whether there is a tensor of this name, given without `bert.`.
    func contains(_ name: String) -> Bool { tensors[prefix + name] != nil }
}
