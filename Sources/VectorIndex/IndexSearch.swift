internal import CEncoderKernels
import Foundation

/// One search in one state of an index.
struct IndexSearch {
    private let state: IndexState
    private let kernels: UnsafePointer<frontline_kernels>
    private let filter: IdentifierSet?
    private let stride: Int
    private let count: Int
    private let query: [Float]
    private let quantized: [Int16]
    private let scale: Float
    private var best: BestMatches
    /// The dots of a partition, and its rows that pass the filter.
    private var dots: [Int32] = []
    private var rows: [UInt32] = []

    init(_ index: VectorIndex, _ state: IndexState, _ query: [Float], _ count: Int, _ filter: IdentifierSet?) {
        self.state = state
        kernels = index.kernels.functions
        self.filter = filter
        stride = index.stride
        let quantized = Quantized(id: 0, query, stride: stride)
        self.quantized = quantized.values.map { Int16($0) }
        scale = quantized.scale
        self.query = query + Array(repeating: 0, count: stride - query.count)
        self.count = min(count, state.count)
        best = BestMatches(count: self.count)
    }

    /// Reads the partitions of `reach` vectors, more of them under a filter; nil for all.
    mutating func run(reach: Int?) -> [VectorIndex.Match] {
        if let reach, let centroids = state.centroids {
            // The nearest of those that pass are further away. How much further was measured: with this exponent, filters
            // that pass a half to a two-hundredth find the same share as none.
            let share = min(1, Double(filter?.count ?? state.count) / Double(max(state.count, 1)))
            let enough = Int((Double(reach) * pow(max(share, 1e-6), -0.3)).rounded(.up))
            // Where few pass, or many are asked for, those few are a large part of all: then more of them are compared.
            let least = 64 * count
            var (visited, compared) = (0, 0)
            let order = PartitionOrder(query, centroids, kernels)
            while visited < enough || compared < least, let place = order.next() {
                compared += scan(state.partitions[place])
                visited += state.partitions[place].count
            }
        } else if let filter, 4 * filter.count < state.partitions.count {
            // Few vectors are in few partitions.
            for place in Set(filter.members.compactMap { state.places[$0] }) { _ = scan(state.partitions[place]) }
        } else {
            for partition in state.partitions { _ = scan(partition) }
        }
        return best.sorted(scale: scale)
    }

    /// Compares the vectors of a partition that pass the filter, and returns how many they are.
    private mutating func scan(_ partition: Partition) -> Int {
        let count = partition.count
        if dots.count < count {
            dots = Array(repeating: 0, count: count)
            rows = Array(repeating: 0, count: count)
        }
        return dots.withUnsafeMutableBufferPointer { dots in
            guard let dots = dots.baseAddress else { return 0 }
            guard let filter else {
                kernels.pointee.dot_rows(quantized, partition.vectors, stride, count, dots)
                for row in 0..<count { best.offer(Float(dots[row]) * partition.scales[row], partition.ids[row]) }
                return count
            }
            return rows.withUnsafeMutableBufferPointer { rows in
                guard let rows = rows.baseAddress else { return 0 }
                let passing = filter.words.withUnsafeBufferPointer { words in
                    var passing = 0
                    for row in 0..<count {
                        let id = partition.ids[row]
                        let word = Int(id >> 6)
                        let isMember = word < words.count ? words[word] >> UInt64(id & 63) & 1 : 0
                        // Written always and kept if it passes: a branch would be mispredicted half the time.
                        rows[passing] = UInt32(row)
                        passing += Int(isMember)
                    }
                    return passing
                }
                // Reading neighbours costs less than half of fetching single vectors.
                let isDense = 5 * passing > 2 * count
                if isDense {
                    kernels.pointee.dot_rows(quantized, partition.vectors, stride, count, dots)
                } else {
                    kernels.pointee.dot_gathered(quantized, partition.vectors, stride, rows, passing, dots)
                }
                for i in 0..<passing {
                    let row = Int(rows[i])
                    best.offer(Float(dots[isDense ? row : i]) * partition.scales[row], partition.ids[row])
                }
                return passing
            }
        }
    }
}

/// The best matches so far: a heap whose root is the worst of them.
struct BestMatches {
    /// A score and a number as one integer: larger is better, and of equal scores the smaller number is.
    private var keys: [UInt64] = []
    private let count: Int
    private var threshold = -Float.infinity

    init(count: Int) {
        self.count = count
        keys.reserveCapacity(count)
    }

    private static func key(_ score: Float, _ id: UInt32) -> UInt64 {
        // The bits of floats in the order of their values.
        let bits = score.bitPattern
        let ordered = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
        return UInt64(ordered) << 32 | UInt64(~id)
    }

    private static func score(_ key: UInt64) -> Float {
        let ordered = UInt32(key >> 32)
        return Float(bitPattern: ordered >> 31 == 1 ? ordered & 0x7FFF_FFFF : ~ordered)
    }

    @inline(__always)
    mutating func offer(_ score: Float, _ id: UInt32) {
        if score >= threshold { insert(Self.key(score, id)) }
    }

    private mutating func insert(_ key: UInt64) {
        if keys.count < count {
            keys.append(key)
            var child = keys.count - 1
            while child > 0, keys[child] < keys[(child - 1) / 2] {
                keys.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if key > keys[0] {
            keys[0] = key
            var parent = 0
            while true {
                var least = 2 * parent + 1
                guard least < count else { break }
                if least + 1 < count, keys[least + 1] < keys[least] { least += 1 }
                guard keys[least] < keys[parent] else { break }
                keys.swapAt(least, parent)
                parent = least
            }
        }
        if keys.count == count { threshold = Self.score(keys[0]) }
    }

    func sorted(scale: Float) -> [VectorIndex.Match] {
        keys.sorted(by: >).map { .init(id: ~UInt32(truncatingIfNeeded: $0), score: Self.score($0) * scale) }
    }
}

/// The partitions from the nearest centre on.
///
/// A heap, because a search reads a few per cent of them: making it is linear, and each step logarithmic.
final class PartitionOrder {
    private var keys: [UInt64] = []

    init(_ query: [Float], _ centroids: Centroids, _ kernels: UnsafePointer<frontline_kernels>) {
        let workspace = ProductWorkspace(rows: 1, stride: centroids.stride, outputs: centroids.outputs)
        centroids.products(query, 1, kernels, workspace)
        keys = (0..<centroids.count).map { place in
            let bits = workspace.products[place].bitPattern
            return UInt64(bits >> 31 == 1 ? ~bits : bits | 0x8000_0000) << 32 | UInt64(~UInt32(place))
        }
        for parent in Swift.stride(from: keys.count / 2 - 1, through: 0, by: -1) { sink(parent) }
    }

    private func sink(_ start: Int) {
        keys.withUnsafeMutableBufferPointer { keys in
            var parent = start
            while true {
                var largest = 2 * parent + 1
                guard largest < keys.count else { break }
                if largest + 1 < keys.count, keys[largest + 1] > keys[largest] { largest += 1 }
                guard keys[largest] > keys[parent] else { break }
                keys.swapAt(largest, parent)
                parent = largest
            }
        }
    }

    /// The next partition.
    func next() -> Int? {
        guard let first = keys.first else { return nil }
        let last = keys.removeLast()
        if !keys.isEmpty {
            keys[0] = last
            sink(0)
        }
        return Int(~UInt32(truncatingIfNeeded: first))
    }
}
