import FEEL

/// For one input column: which rows' cells pass a value, looked up by the value.
///
/// The values are cut into classes that no cell tells apart: the strings that cells name and all others, true, false,
/// null, and for each family with an order the regions between cut points. Each class has a set of rows. Rows whose
/// cell must be evaluated are in every set and in `opaque`.
final class ColumnIndex: Sendable {
    /// The sets of rows.
    let sets: RowSets
    /// The set of each string that a cell names.
    let strings: StringTable
    /// The set of all other strings.
    let otherString: Int
    /// The set of false.
    let falseSet: Int
    /// The set of true.
    let trueSet: Int
    /// The set of null.
    let nullSet: Int
    /// For each ordered family its cut points.
    let points: [CutPoints]
    /// For each ordered family the set of the first region.
    let bases: [Int]
    /// The set of rows whose cell must be evaluated.
    let opaque: Int
    /// Whether there is such a row.
    let hasOpaque: Bool

    /// Names the sets; strings come first, then other strings, false, true, null and opaque rows, then the regions.
    init(sets: RowSets, strings: StringTable, points: [CutPoints], hasOpaque: Bool) {
        self.sets = sets
        self.strings = strings
        self.points = points
        self.hasOpaque = hasOpaque
        let first = strings.keys.count
        otherString = first
        falseSet = first + 1
        trueSet = first + 2
        nullSet = first + 3
        opaque = first + 4
        var base = first + 5
        var bases: [Int] = []
        for points in points {
            bases.append(base)
            base += points.regionCount
        }
        self.bases = bases
    }

    /// The most memory the sets of one column may take, in bytes.
    static let maximumMemory = 128 << 20

    /// The set of rows that may pass; nil for values of kinds that are not indexed.
    @inline(__always)
    func set(for value: Value) -> Int? {
        switch value {
        case .string(let string):
            return strings.place(of: string) ?? otherString
        case .boolean(let boolean):
            return boolean ? trueSet : falseSet
        case .null:
            return nullSet
        default:
            guard let (family, key) = OrderedKey.of(value) else {
                return nil
            }
            return bases[family.rawValue] + points[family.rawValue].region(of: key)
        }
    }
}
