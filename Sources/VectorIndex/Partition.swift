/// Vectors that are near each other, in one block of memory.
///
/// `@unchecked Sendable`: the memory is written before `init` returns and is only read afterwards.
final class Partition: @unchecked Sendable {
    let count: Int
    /// Bytes of a vector: its dimension rounded up to 64, the rest zero.
    let stride: Int
    /// `count` vectors.
    let vectors: UnsafeMutablePointer<Int8>
    /// What a coordinate of each vector is multiplied by.
    let scales: UnsafeMutablePointer<Float>
    let ids: UnsafeMutablePointer<UInt32>

    /// A partition of `count` vectors, which `fill` writes.
    init(count: Int, stride: Int, fill: (Partition) -> Void) {
        self.count = count
        self.stride = stride
        // What follows the last vector may be fetched ahead, never read.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * (stride + 8) + 64, alignment: 64)
        vectors = memory.bindMemory(to: Int8.self, capacity: count * stride)
        scales = (memory + count * stride).bindMemory(to: Float.self, capacity: count)
        ids = (memory + count * (stride + 4)).bindMemory(to: UInt32.self, capacity: count)
        fill(self)
    }

    deinit { UnsafeMutableRawPointer(vectors).deallocate() }

    /// Vectors, scales and numbers.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: vectors, count: count * (stride + 8)) }

    /// Takes over what `bytes` were; only within `fill`.
    func fill(_ source: UnsafeRawBufferPointer) {
        guard let from = source.baseAddress else { return }
        UnsafeMutableRawPointer(vectors).copyMemory(from: from, byteCount: count * (stride + 8))
    }

    static func empty(stride: Int) -> Partition { Partition(count: 0, stride: stride) { _ in } }

    /// Copies row `row` of `source` to row `target`; only within `fill`.
    func copy(_ source: Partition, _ row: Int, to target: Int) {
        (vectors + target * stride).update(from: source.vectors + row * stride, count: stride)
        scales[target] = source.scales[row]
        ids[target] = source.ids[row]
    }

    /// The partition without the rows of which `isRemoved` is true, and with `added` after them.
    func changed(removing isRemoved: (UInt32) -> Bool, adding added: [Quantized]) -> Partition {
        let kept = (0..<count).filter { !isRemoved(ids[$0]) }
        return Partition(count: kept.count + added.count, stride: stride) { new in
            for (target, row) in kept.enumerated() { new.copy(self, row, to: target) }
            for (offset, vector) in added.enumerated() { new.write(vector, to: kept.count + offset) }
        }
    }

    /// Writes a vector; only within `fill`.
    func write(_ vector: Quantized, to row: Int) {
        vector.values.withUnsafeBufferPointer { values in
            if let from = values.baseAddress { (vectors + row * stride).update(from: from, count: stride) }
        }
        scales[row] = vector.scale
        ids[row] = vector.id
    }
}

/// A vector in 8 bits a coordinate.
struct Quantized: Sendable {
    let id: UInt32
    /// As many as a partition's stride.
    let values: [Int8]
    let scale: Float

    /// Quantises `vector`, brought to length 1; a vector of zeros stays one.
    init(id: UInt32, _ vector: [Float], stride: Int) {
        self.id = id
        var squares: Float = 0
        var largest: Float = 0
        for value in vector {
            squares += value * value
            largest = max(largest, abs(value))
        }
        var values = [Int8](repeating: 0, count: stride)
        // Beyond these, factors would overflow; no encoder makes such vectors.
        if squares > 1e-30, squares < 1e30 {
            let factor = 127 / largest
            for (i, value) in vector.enumerated() { values[i] = Int8((value * factor).rounded(.toNearestOrEven)) }
            scale = largest / 127 / squares.squareRoot()
        } else {
            scale = 0
        }
        self.values = values
    }

    /// Takes a vector that is in 8 bits already, and of any length.
    init(id: UInt32, _ vector: [Int8], stride: Int) {
        self.id = id
        let squares = vector.reduce(0) { $0 + Int32($1) * Int32($1) }
        values = vector + Array(repeating: 0, count: stride - vector.count)
        scale = squares > 0 ? 1 / Float(squares).squareRoot() : 0
    }
}
