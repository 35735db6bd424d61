import Foundation

/// Weighted logistic regression by iteratively reweighted least squares, each step by ``RidgeSolver``.
enum LogisticSolver {
    private static let steps = 12

    /// The coefficients that maximise the weighted likelihood of the targets less half of `penalty` times their squared norm.
    ///
    /// - Parameters:
    ///   - matrix: the rows.
    ///   - targets: the probability of each row, 0 to 1.
    ///   - weights: the weight of each row.
    ///   - columnCount: the number of coefficients.
    ///   - penalty: above 0.
    /// - Returns: the coefficients; the same input gives the same on the same machine.
    static func solve(
        _ matrix: SparseMatrix,
        targets: [Float],
        weights: [Float],
        columnCount: Int,
        penalty: Float
    ) -> [Float] {
        var solution = [Float](repeating: 0, count: columnCount)
        for _ in 0..<steps {
            let sums = matrix.times(solution)
            let chances = sums.map { 1 / (1 + exp(-$0)) }
            // A row that is certain still counts a little, or its next target would be infinite.
            let spreads = chances.map { max($0 * (1 - $0), 1e-4) }
            let working = sums.indices.map { sums[$0] + (targets[$0] - chances[$0]) / spreads[$0] }
            solution = RidgeSolver.solve(
                matrix,
                targets: working,
                weights: zip(weights, spreads).map { $0 * $1 },
                columnCount: columnCount,
                penalty: penalty,
                iterations: 200
            )
        }
        return solution
    }
}
