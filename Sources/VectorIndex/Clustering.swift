import Dispatch
import Synchronization

internal import CEncoderKernels

/// Spherical k-means over vectors in 8 bits (Dhillon and Modha, 2001), in two levels.
///
/// Everything is a function of the vectors and their order: first centres are vectors at equal distances in that order,
/// and sums are taken in it, whatever the number of threads.
struct Clustering {
    /// A vector, which the partition that owns it keeps alive.
    struct Row {
        let partition: Partition
        let row: Int
    }

    let stride: Int
    let kernels: Kernels
    let threads: Int

    /// About `count` centres for `rows`.
    func centroids(_ rows: [Row], count: Int) -> Centroids {
        let coarseCount = max(1, Int(Double(count).squareRoot()))
        let coarse = lloyd(rows, from: spread(rows, coarseCount), iterations: 6)
        var members = Array(repeating: [Row](), count: coarse.count)
        for (row, nearest) in zip(rows, nearest(rows, coarse)) { members[Int(nearest)].append(row) }
        var values: [Float] = []
        for group in members where !group.isEmpty {
            let share = max(1, (count * group.count + rows.count / 2) / rows.count)
            values += lloyd(group, from: spread(group, share), iterations: 4).values
        }
        return lloyd(rows, from: Centroids(values, stride: stride), iterations: 2)
    }

    /// Two centres for `rows`, of which there are at least two.
    func halves(_ rows: [Row]) -> Centroids { lloyd(rows, from: spread(rows, 2), iterations: 6) }

    /// The centre of `rows`.
    func center(_ rows: [Row]) -> [Float] {
        means(rows, Array(repeating: 0, count: rows.count), 1) ?? Array(repeating: 0, count: stride)
    }

    private func spread(_ rows: [Row], _ count: Int) -> Centroids {
        let count = min(count, rows.count)
        var values = [Float](repeating: 0, count: count * stride)
        for i in 0..<count { add(rows[i * rows.count / count], to: &values, i) }
        return Centroids(values, stride: stride)
    }

    private func add(_ row: Row, to values: inout [Float], _ place: Int) {
        let vector = row.partition.vectors + row.row * stride
        let scale = row.partition.scales[row.row]
        for i in 0..<stride { values[place * stride + i] += Float(vector[i]) * scale }
    }

    private func lloyd(_ rows: [Row], from start: Centroids, iterations: Int) -> Centroids {
        var centroids = start
        for _ in 0..<iterations {
            guard let values = means(rows, nearest(rows, centroids), centroids.count) else { break }
            centroids = Centroids(values, stride: stride)
        }
        return centroids
    }

    /// The directions of the sums of the rows of each centre.
    ///
    /// Centres without rows disappear; nil if all do.
    private func means(_ rows: [Row], _ nearest: [Int32], _ count: Int) -> [Float]? {
        var sums = [Float](repeating: 0, count: count * stride)
        var members = [Int](repeating: 0, count: count)
        for (row, place) in zip(rows, nearest) {
            add(row, to: &sums, Int(place))
            members[Int(place)] += 1
        }
        var values: [Float] = []
        values.reserveCapacity(sums.count)
        for place in 0..<count where members[place] > 0 {
            let sum = sums[place * stride..<(place + 1) * stride]
            let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
            values += length > 0 ? sum.map { $0 / length } : Array(sum)
        }
        return values.isEmpty ? nil : values
    }

    /// The number of the nearest centre of each row; of equally near ones the first.
    func nearest(_ rows: [Row], _ centroids: Centroids) -> [Int32] {
        let block = 96
        let blocks = (rows.count + block - 1) / block
        let results = Mutex<[[Int32]]>(Array(repeating: [], count: blocks))
        let next = Atomic(0)
        let work = Work(rows: rows)
        // It returns when all is done and uses the calling thread, so that no thread waits for one that has not started.
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, blocks))) { _ in
            let workspace = ProductWorkspace(rows: block, stride: stride, outputs: centroids.outputs)
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < blocks else { return }
                let part = work.rows[number * block..<min((number + 1) * block, work.rows.count)]
                let numbers = nearest(part, centroids, workspace)
                results.withLock { $0[number] = numbers }
            }
        }
        return results.withLock { $0.flatMap { $0 } }
    }

    /// `@unchecked Sendable`: rows are immutable and keep their partitions alive.
    private struct Work: @unchecked Sendable {
        let rows: [Row]
    }

    private func nearest(_ rows: ArraySlice<Row>, _ centroids: Centroids, _ workspace: ProductWorkspace) -> [Int32] {
        for (i, row) in rows.enumerated() {
            let vector = row.partition.vectors + row.row * stride
            let scale = row.partition.scales[row.row]
            let floats = workspace.floats + i * stride
            for k in 0..<stride { floats[k] = Float(vector[k]) * scale }
        }
        centroids.products(workspace.floats, rows.count, kernels.functions, workspace)
        return (0..<rows.count).map { i in
            let products = workspace.products + i * centroids.outputs
            var best = 0
            for place in 1..<max(centroids.count, 1) where products[place] > products[best] { best = place }
            return Int32(best)
        }
    }
}

/// The kernels of this processor.
///
/// `@unchecked Sendable`: the table is a constant of the program.
struct Kernels: @unchecked Sendable {
    let functions: UnsafePointer<frontline_kernels>

    /// The set of this name, or the quickest.
    init(_ name: String?) {
        functions = name.flatMap { frontline_kernels_named($0) } ?? frontline_kernels_best()
    }
}
