/// All sequences of all patterns in one trie of symbols; a gap is a node that waits.
struct PhraseTrie: Sendable {
    /// What the node stands for, beyond its children.
    struct Node: Sendable {
        /// The acceptances that end here, in `acceptances`.
        var accepts: [Int32] = []
        /// The waiting nodes behind this one, with how many words they wait.
        var gaps: [Gap] = []
    }

    /// A node reached without a word, which keeps waiting.
    struct Gap: Sendable {
        let node: Int32
        /// Its number among all waiting nodes.
        let index: Int32
        /// The most words between.
        let length: Int
    }

    private(set) var nodes = [Node()]
    private(set) var gapCount: Int32 = 0
    private var keys: [UInt64] = Array(repeating: .max, count: 64)
    private var values: [Int32] = Array(repeating: 0, count: 64)
    private var count = 0

    /// The child of `node` by `symbol`, or nil.
    func child(_ node: Int32, _ symbol: Int32) -> Int32? {
        let key = Self.key(node, symbol)
        var slot = slot(key)
        while keys[slot] != .max {
            if keys[slot] == key { return values[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }

    /// The child of `node` by `symbol`, made if need be.
    mutating func ensureChild(_ node: Int32, _ symbol: Int32) -> Int32 {
        if let known = child(node, symbol) { return known }
        nodes.append(Node())
        let child = Int32(nodes.count - 1)
        if (count + 1) * 2 > keys.count { grow() }
        insert(Self.key(node, symbol), child)
        return child
    }

    /// The node that waits up to `length` words behind `node`, made if need be.
    mutating func ensureGap(_ node: Int32, _ length: Int) -> Int32 {
        if let known = nodes[Int(node)].gaps.first(where: { $0.length == length }) { return known.node }
        nodes.append(Node())
        let gap = Gap(node: Int32(nodes.count - 1), index: gapCount, length: length)
        gapCount += 1
        nodes[Int(node)].gaps.append(gap)
        return gap.node
    }

    /// Makes `node` an end of `acceptance`.
    mutating func accept(_ acceptance: Int32, at node: Int32) {
        if !nodes[Int(node)].accepts.contains(acceptance) { nodes[Int(node)].accepts.append(acceptance) }
    }

    private static func key(_ node: Int32, _ symbol: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: symbol))
    }

    private func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
    }

    private mutating func insert(_ key: UInt64, _ value: Int32) {
        var slot = slot(key)
        while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        values[slot] = value
        count += 1
    }

    private mutating func grow() {
        let old = zip(keys, values).filter { $0.0 != .max }
        keys = Array(repeating: .max, count: keys.count * 2)
        values = Array(repeating: 0, count: keys.count)
        count = 0
        for (key, value) in old { insert(key, value) }
    }
}
