extension Segment {
    /// Whether a label on `count` of `documents` documents is stored as bits rather than as a list.
    static func storesBits(count: Int, documents: Int) -> Bool { count * 32 >= documents }

    /// Sets the bits of the documents that have a label.
    func unite(label: String, into bits: UnsafeMutableBufferPointer<UInt64>) {
        guard let index = labels.index(of: label) else { return }
        let count = Int(labelCounts[index])
        let start = Int(labelStarts[index])
        if Self.storesBits(count: count, documents: documentCount) {
            for word in 0..<bits.count { bits[word] |= labelBits[start + word] }
        } else {
            for entry in start..<start + count {
                let document = Int(labelLists[entry])
                bits[document >> 6] |= 1 << UInt64(document & 63)
            }
        }
    }

    /// The documents that have a label, ascending.
    func documents(ofLabel index: Int) -> [UInt32] {
        let count = Int(labelCounts[index])
        let start = Int(labelStarts[index])
        guard Self.storesBits(count: count, documents: documentCount) else {
            return Array(labelLists[start..<start + count])
        }
        var result: [UInt32] = []
        result.reserveCapacity(count)
        for word in 0..<(documentCount + 63) / 64 {
            var bits = labelBits[start + word]
            while bits != 0 {
                result.append(UInt32(word * 64 + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        return result
    }
}
