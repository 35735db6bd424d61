/// A growing buffer of trivial values, which is no longer changed once a segment owns it.
///
/// Readers keep typed pointers into the buffer, and must keep the buffer alive with them.
final class SectionBuffer {
    private(set) var byteCount = 0
    private var capacity: Int
    private var start: UnsafeMutableRawPointer

    /// Creates an empty buffer with an initial capacity in bytes.
    init(byteCapacity: Int = 64) {
        capacity = max(byteCapacity, 64)
        start = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    /// Appends a value.
    @inline(__always)
    func append<Value: BitwiseCopyable>(_ value: Value) {
        let size = MemoryLayout<Value>.stride
        if byteCount &+ size > capacity { grow(to: byteCount + size) }
        start.storeBytes(of: value, toByteOffset: byteCount, as: Value.self)
        byteCount &+= size
    }

    /// Appends bytes.
    func append(contentsOf bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        if byteCount + bytes.count > capacity { grow(to: byteCount + bytes.count) }
        (start + byteCount).copyMemory(from: source, byteCount: bytes.count)
        byteCount += bytes.count
    }

    /// Appends a number as a variable-length integer: groups of seven bits, the lowest first.
    @inline(__always)
    func appendVariable(_ value: UInt32) {
        var value = value
        while value >= 0x80 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(truncatingIfNeeded: value))
    }

    /// Appends `count` uninitialised bytes and returns them for the caller to fill.
    func appendUninitialized(byteCount count: Int) -> UnsafeMutableRawBufferPointer {
        if byteCount + count > capacity { grow(to: byteCount + count) }
        defer { byteCount += count }
        return UnsafeMutableRawBufferPointer(start: start + byteCount, count: count)
    }

    /// The whole buffer.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: byteCount) }

    /// The buffer as values of one type; valid as long as the buffer exists and is not changed.
    func values<Value: BitwiseCopyable>(of type: Value.Type) -> UnsafeBufferPointer<Value> {
        let count = byteCount / MemoryLayout<Value>.stride
        return UnsafeBufferPointer(
            start: UnsafePointer(start.bindMemory(to: Value.self, capacity: count)),
            count: count
        )
    }

    private func grow(to needed: Int) {
        let larger = max(needed, capacity + capacity / 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        moved.copyMemory(from: start, byteCount: byteCount)
        start.deallocate()
        start = moved
        capacity = larger
    }
}

/// The buffers of which a segment consists; raw values give their order in the file.
enum SegmentSection: Int, CaseIterable {
    // Documents, sorted by key.
    case keyOffsets, keyBytes
    case localeIndex, localeOffsets, localeBytes
    case textStarts, text, fieldBytes, fieldTokens
    case anchorStarts, anchors
    case boosts, validity
    // Labels, sorted; their documents as lists, or as bits if there are many.
    case labelOffsets, labelBytes, labelCounts, labelStarts, labelLists, labelBits
    // Terms, sorted, with their postings in blocks.
    case termOffsets, termBytes, termPostings, termBlocks, termMaxima
    case blockBases, blockStarts, blockMaxima
    case documentOffsets, impacts, positionSkips, positions
    // Surfaces, sorted: the words as written, each with its term.
    case surfaceOffsets, surfaceBytes, surfaceTerms, surfaceCounts, surfaceMasks
}
