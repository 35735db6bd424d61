extension Segment {
    /// The index of a document in a term's postings, or `nil` if it is absent.
    func posting(ofTerm term: Int, document: UInt32) -> Int? {
        var low = Int(termBlocks[term])
        var high = Int(termBlocks[term + 1])
        guard low < high, blocks.bases[low] <= document else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks.bases[middle] <= document { low = middle } else { high = middle }
        }
        return blocks.posting(document, block: low)
    }

    /// Reads the positions of a posting into `positions`, at most `limit` of them.
    func readPositions(_ posting: Int, into positions: inout [UInt32], limit: Int = .max) {
        var byte = positionStart(posting)
        _ = decodePositions(at: &byte, into: &positions, limit: limit)
    }

    /// The byte offset at which the positions of a posting begin.
    func positionStart(_ posting: Int) -> Int {
        var byte = Int(positionSkips[posting / Int(PostingsWriter.skipDistance)])
        for _ in 0..<posting % Int(PostingsWriter.skipDistance) { skipPositions(at: &byte) }
        return byte
    }

    @inline(__always)
    private func skipPositions(at byte: inout Int) {
        while true {
            let first = self.positions[byte]
            var last = first
            byte += 1
            while last & 0x80 != 0 {
                last = self.positions[byte]
                byte += 1
            }
            if first & 1 == 0 { return }
        }
    }

    /// Appends the positions encoded at `byte` and advances `byte` past them.
    @inline(__always)
    func decodePositions(at byte: inout Int, into result: inout [UInt32], limit: Int = .max) -> Int {
        var position: UInt32 = 0
        var count = 0
        while true {
            var value: UInt32 = 0
            var shift: UInt32 = 0
            var next: UInt8
            repeat {
                next = self.positions[byte]
                byte += 1
                value |= UInt32(next & 0x7F) << shift
                shift += 7
            } while next & 0x80 != 0
            position &+= value >> 1
            if count < limit { result.append(position) }
            count += 1
            if value & 1 == 0 { return count }
        }
    }
}

extension BlockArrays {
    /// The posting of `document` in a block, or `nil`.
    @inline(__always)
    func posting(_ document: UInt32, block: Int) -> Int? {
        let base = bases[block]
        guard document >= base, document - base <= 0xFFFF else { return nil }
        let wanted = UInt16(truncatingIfNeeded: document - base)
        var low = Int(starts[block])
        var high = Int(starts[block + 1])
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[block + 1]) && offsets[low] == wanted ? low : nil
    }
}
