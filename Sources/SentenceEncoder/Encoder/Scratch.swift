import Synchronization

internal import CEncoderKernels

/// The memory of one forward pass over at most `rows` tokens.
///
/// Not `Sendable`: one pass uses it at a time, which ``ScratchPool`` ensures.
final class Scratch {
    /// Rows whose intermediate part is computed at a time, so that it stays in the second level cache.
    static let intermediateRows = 48

    let rows: Int
    /// The tokens' vectors.
    let hidden: UnsafeMutablePointer<Float>
    /// Queries, keys and values.
    let projected: UnsafeMutablePointer<Float>
    let context: UnsafeMutablePointer<Float>
    let result: UnsafeMutablePointer<Float>
    let intermediate: UnsafeMutablePointer<Float>
    let attention: UnsafeMutablePointer<Float>
    let quantized: UnsafeMutableRawPointer
    let scales: UnsafeMutablePointer<Float>
    let zeros: UnsafeMutablePointer<Int32>

    init(_ description: ModelDescription, rows: Int) {
        self.rows = rows
        let width = description.width
        func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
            UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64).bindMemory(
                to: Float.self,
                capacity: count
            )
        }
        hidden = floats(rows * width)
        projected = floats(rows * width * 3)
        context = floats(rows * width)
        result = floats(rows * width)
        intermediate = floats(Self.intermediateRows * description.intermediate)
        attention = floats(frontline_attention_scratch(rows, width, description.heads))
        // Two bytes an activation at most, and the rows that a block of a product is filled up with.
        let activations = max((rows + 12) * width, (Self.intermediateRows + 12) * description.intermediate)
        quantized = .allocate(byteCount: activations * 2, alignment: 64)
        quantized.initializeMemory(as: UInt8.self, repeating: 0, count: activations * 2)
        scales = floats(rows)
        zeros = .allocate(capacity: rows)
    }

    deinit {
        for memory in [hidden, projected, context, result, intermediate, attention, scales] { memory.deallocate() }
        quantized.deallocate()
        zeros.deallocate()
    }
}

/// Scratch memory that is used again.
///
/// There is never more of it than passes that ran at the same time.
final class ScratchPool: Sendable {
    private let description: ModelDescription
    private let rows: Int
    private let free = Mutex<[Pooled]>([])

    /// `@unchecked Sendable`: what is in the pool is used by nobody, and is taken out under its lock.
    private struct Pooled: @unchecked Sendable {
        let scratch: Scratch
    }

    init(_ description: ModelDescription, rows: Int) {
        self.description = description
        self.rows = rows
    }

    func with<Result>(_ body: (Scratch) -> Result) -> Result {
        let pooled = free.withLock { $0.popLast() } ?? Pooled(scratch: Scratch(description, rows: rows))
        defer { free.withLock { $0.append(pooled) } }
        return body(pooled.scratch)
    }
}
