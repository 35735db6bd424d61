/// A sparse matrix stored by rows.
struct SparseMatrix: Sendable {
    private(set) var starts = [0]
    private(set) var columns: [Int32] = []
    private(set) var values: [Float] = []

    var rowCount: Int { starts.count - 1 }

    mutating func appendRow(_ entries: [(column: Int32, value: Float)]) {
        for (column, value) in entries {
            columns.append(column)
            values.append(value)
        }
        starts.append(columns.count)
    }

    /// The product with a vector over the columns.
    func times(_ vector: [Float]) -> [Float] {
        (0..<rowCount).map { row in
            var sum: Float = 0
            for index in starts[row]..<starts[row + 1] { sum += values[index] * vector[Int(columns[index])] }
            return sum
        }
    }

    /// The product of the transpose with a vector over the rows.
    func transposeTimes(_ vector: [Float], columnCount: Int) -> [Float] {
        var result = [Float](repeating: 0, count: columnCount)
        for row in 0..<rowCount {
            for index in starts[row]..<starts[row + 1] { result[Int(columns[index])] += values[index] * vector[row] }
        }
        return result
    }
}

/// Weighted ridge regression by conjugate gradients on the normal equations (CGLS).
enum RidgeSolver {
    /// The coefficients that minimise the weighted squared error plus `penalty` times their squared norm.
    ///
    /// Deterministic: the same input gives the same coefficients on the same machine.
    static func solve(
        _ matrix: SparseMatrix,
        targets: [Float],
        weights: [Float],
        columnCount: Int,
        penalty: Float,
        iterations: Int
    ) -> [Float] {
        var solution = [Float](repeating: 0, count: columnCount)
        var residual = matrix.transposeTimes(zip(targets, weights).map { $0 * $1 }, columnCount: columnCount)
        var direction = residual
        var norm = dot(residual, residual)
        let start = norm
        for _ in 0..<iterations where norm > start * 1e-8 {
            let image = zip(matrix.times(direction), weights).map { $0 * $1 }
            var applied = matrix.transposeTimes(image, columnCount: columnCount)
            for index in applied.indices { applied[index] += penalty * direction[index] }
            let step = norm / dot(direction, applied)
            for index in solution.indices {
                solution[index] += step * direction[index]
                residual[index] -= step * applied[index]
            }
            let next = dot(residual, residual)
            let ratio = next / norm
            for index in direction.indices { direction[index] = residual[index] + ratio * direction[index] }
            norm = next
        }
        return solution
    }

    private static func dot(_ left: [Float], _ right: [Float]) -> Float {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return Float(sum)
    }
}
