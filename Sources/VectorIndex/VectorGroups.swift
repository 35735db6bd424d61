internal import CEncoderKernels

/// Vectors in groups, each around one of them.
///
/// The method is that of sphere exclusion (Butina, 1999): the vector with the most neighbours, those at or above a bar of
/// similarity, is the centre of the first group and takes its neighbours with it; the one with the most neighbours of all
/// that are left is the next. Here a vector can stand for several equal things, which its weight counts, and in the end each
/// member belongs to the nearest of the centres that it neighbours.
///
/// Groups are a function of the vectors and their order. Who wants the same groups whatever the order in which the vectors
/// arrive brings them into one order first.
///
/// ## Topics
/// - ``init(_:weights:bar:kernels:)``
/// - ``groups``
package struct VectorGroups: Sendable {
    /// One group: the positions of its members, the most central first.
    ///
    /// The most central member has the greatest mean similarity to all of the group, where a weight counts as so many equal
    /// members. Of equally central ones the heavier is first, then the one that was given first.
    package struct Group: Sendable, Hashable {
        package let members: [Int]
    }

    /// The largest number of vectors: their neighbours take one bit a pair.
    package static let maximum = 20_000

    /// Every vector is in one group; groups are in the order in which they were formed.
    package let groups: [Group]

    /// Forms groups of at most ``maximum`` vectors of one dimension, in 8 bits a coordinate and of any length.
    ///
    /// A vector of zeros is a group of its own.
    ///
    /// Cost: every pair is compared once; with 10,000 vectors of 384 coordinates just under a second of one core, two if
    /// most of them are neighbours, and 12 MB, which are given back.
    ///
    /// - Parameters:
    ///   - vectors: the vectors.
    ///   - weights: how many things each of them stands for, 1 or more.
    ///   - bar: the cosine from which two vectors are neighbours.
    ///   - kernels: the name of a set of kernels; nil for the quickest. They change nothing but the time.
    package init(_ vectors: [[Int8]], weights: [Int], bar: Float, kernels: String? = nil) {
        precondition(vectors.count <= Self.maximum, "the neighbours of more vectors take too much memory")
        precondition(vectors.count == weights.count, "every vector has a weight")
        guard let dimension = vectors.first?.count, dimension > 0 else {
            groups = []
            return
        }
        precondition(vectors.allSatisfy { $0.count == dimension }, "vectors of one dimension are compared")
        let neighbours = Neighbours(vectors, bar: bar, kernels: Kernels(kernels))
        groups = neighbours.groups(weights).map { members in
            Group(members: neighbours.byCentrality(members, weights))
        }
    }
}

/// Which vectors are near which.
private struct Neighbours {
    private let vectors: Partition
    private let dimension: Int
    /// Words of a row of ``bits``.
    private let width: Int
    /// Bit `j` of row `i` is set if both are neighbours; nothing is its own neighbour.
    private var bits: [UInt64]

    init(_ given: [[Int8]], bar: Float, kernels: Kernels) {
        dimension = given[0].count
        let stride = (dimension + 63) / 64 * 64
        vectors = Partition(count: given.count, stride: stride) { partition in
            for (row, vector) in given.enumerated() {
                partition.write(Quantized(id: UInt32(row), vector, stride: stride), to: row)
            }
        }
        width = (given.count + 63) / 64
        bits = Array(repeating: 0, count: width * given.count)
        compare(bar: bar, kernels)
    }

    /// Compares every vector with those after it.
    private mutating func compare(bar: Float, _ kernels: Kernels) {
        let count = vectors.count
        let (scales, stride, width) = (vectors.scales, vectors.stride, width)
        var dots = [Int32](repeating: 0, count: count)
        dots.withUnsafeMutableBufferPointer { dots in
            bits.withUnsafeMutableBufferPointer { bits in
                guard let first = dots.baseAddress else { return }
                for row in 0..<count where scales[row] > 0 {
                    let start = vectors.vectors + row * stride
                    let query = (0..<stride).map { Int16(start[$0]) }
                    let rest = count - row - 1
                    kernels.functions.pointee.dot_rows(query, start + stride, stride, rest, first)
                    for offset in 0..<rest {
                        let other = row + 1 + offset
                        guard Float(dots[offset]) * scales[row] * scales[other] >= bar, scales[other] > 0 else {
                            continue
                        }
                        bits[row * width + other >> 6] |= 1 << UInt64(other & 63)
                        bits[other * width + row >> 6] |= 1 << UInt64(row & 63)
                    }
                }
            }
        }
    }

    /// Calls the body with every neighbour of a vector, in ascending order.
    private func forEach(of row: Int, _ body: (Int) -> Void) {
        for word in 0..<width {
            var rest = bits[row * width + word]
            while rest != 0 {
                body(word << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// The groups by sphere exclusion, as the positions of their members in ascending order.
    func groups(_ weights: [Int]) -> [[Int]] {
        let count = vectors.count
        let degrees = (0..<count).map { row in
            var degree = weights[row]
            forEach(of: row) { degree += weights[$0] }
            return degree
        }
        let order = (0..<count).sorted { (degrees[$1], weights[$1], $0) < (degrees[$0], weights[$0], $1) }
        // The centre of each vector, and how near it is.
        var centres = [Int](repeating: -1, count: count)
        var isCentre = [Bool](repeating: false, count: count)
        var found: [Int] = []
        for row in order where centres[row] < 0 {
            centres[row] = found.count
            isCentre[row] = true
            forEach(of: row) { if centres[$0] < 0 { centres[$0] = found.count } }
            found.append(row)
        }
        var nearest = [Float](repeating: -.infinity, count: count)
        for (number, centre) in found.enumerated() {
            forEach(of: centre) { row in
                guard !isCentre[row] else { return }
                let similarity = cosine(centre, row)
                // Of equally near centres the earlier one.
                if similarity > nearest[row] { (nearest[row], centres[row]) = (similarity, number) }
            }
        }
        var groups = [[Int]](repeating: [], count: found.count)
        for row in 0..<count { groups[centres[row]].append(row) }
        return groups
    }

    private func cosine(_ left: Int, _ right: Int) -> Float {
        var dot: Int32 = 0
        let (a, b) = (vectors.vectors + left * vectors.stride, vectors.vectors + right * vectors.stride)
        for place in 0..<dimension { dot += Int32(a[place]) * Int32(b[place]) }
        return Float(dot) * vectors.scales[left] * vectors.scales[right]
    }

    /// The members of a group by their mean similarity to all of it, the greatest first.
    func byCentrality(_ members: [Int], _ weights: [Int]) -> [Int] {
        guard members.count > 1 else { return members }
        // The sum of the cosines is the product with the sum of the vectors, so one sum is enough.
        var sum = [Double](repeating: 0, count: dimension)
        var weight = 0.0
        for row in members {
            let factor = Double(vectors.scales[row]) * Double(weights[row])
            let vector = vectors.vectors + row * vectors.stride
            for place in 0..<dimension { sum[place] += Double(vector[place]) * factor }
            weight += Double(weights[row])
        }
        let ranked = members.map { row -> (row: Int, centrality: Double) in
            let vector = vectors.vectors + row * vectors.stride
            var product = 0.0
            for place in 0..<dimension { product += Double(vector[place]) * sum[place] }
            // Rounded, because two that are equally central differ in the last digits.
            return (row, (product * Double(vectors.scales[row]) / weight * 100_000).rounded())
        }
        return ranked.sorted {
            ($1.centrality, weights[$1.row], $0.row) < ($0.centrality, weights[$0.row], $1.row)
        }.map(\.row)
    }
}
