/// Searches the grid of a table for a place where no row of some set matches.
///
/// Every level of the search fixes the class of one column. Neighbouring classes that leave the same rows are taken
/// together, and rows known to lead to no gap are remembered.
struct GapSearch {
    /// How many words may be remembered.
    private static let maximumMemory = 4_000_000

    /// The classes chosen for each column on the way; nil for columns that do not matter.
    private(set) var chosen: [Int?]
    /// How much work is left, in words.
    var work: Int
    /// Whether the work ran out.
    var isExhausted: Bool { work <= 0 }

    private let columns: [AnalysisColumn]
    private let domains: [[Int]]
    /// For each level the rows that match whatever the classes of this and the later columns are.
    private let certain: [RowBits]
    private let order: [Int]
    private var covered: [Set<RowBits>]
    private var remembered = 0
    private let onGap: ([Int?]) -> Bool

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - columns: The columns of the table.
    ///   - domains: For each column the places of the classes to look at.
    ///   - certain: For each column the rows that pass all of those classes.
    ///   - rows: The number of rows.
    ///   - work: The most words to look at.
    ///   - onGap: Called with each gap found; answers whether to search on.
    init(
        _ columns: [AnalysisColumn],
        domains: [[Int]],
        certain: [RowBits],
        rows: Int,
        work: Int,
        onGap: @escaping ([Int?]) -> Bool
    ) {
        self.columns = columns
        self.domains = domains
        self.work = work
        self.onGap = onGap
        chosen = Array(repeating: nil, count: columns.count)
        order = columns.indices.sorted { domains[$0].count < domains[$1].count }
        covered = Array(repeating: [], count: columns.count + 1)
        var tails = [RowBits(rows: rows, full: true)]
        for column in order.reversed() {
            var tail = tails[0]
            tail.formIntersection(certain[column])
            tails.insert(tail, at: 0)
        }
        self.certain = tails
    }

    /// Searches among some rows.
    mutating func run(_ rows: RowBits) {
        _ = search(0, rows)
    }

    /// Answers whether to search on.
    private mutating func search(_ level: Int, _ rows: RowBits) -> Bool {
        work -= rows.words.count + 1
        if work <= 0 {
            return false
        }
        if rows.isEmpty {
            return onGap(chosen)
        }
        if level == order.count || rows.meets(certain[level]) || covered[level].contains(rows) {
            return true
        }
        let column = order[level]
        var previous: RowBits?
        for place in domains[column] {
            let rest = rows.intersection(columns[column].sets, columns[column].classes[place].set)
            work -= rest.words.count
            if rest == previous {
                continue
            }
            previous = rest
            chosen[column] = place
            let continues = search(level + 1, rest)
            chosen[column] = nil
            if !continues {
                return false
            }
        }
        if remembered < Self.maximumMemory {
            remembered += rows.words.count
            covered[level].insert(rows)
        }
        return true
    }
}
