import FEEL

/// For one input column: which rows' cells pass a value, looked up by the value.
///
/// The values are cut into classes that no cell tells apart: the strings that cells name and all others, true, false,
/// null, and for each family with an order the regions between cut points. Each class has a set of rows. Rows whose
/// cell must be evaluated are in every set and in `opaque`.
struct ColumnIndex: Sendable {
    /// The sets of rows.
    let sets: RowSets
    /// The set of each string that a cell names.
    let strings: [String: Int]
    /// The set of all other strings.
    let otherString: Int
    /// The set of false.
    let falseSet: Int
    /// The set of true.
    let trueSet: Int
    /// The set of null.
    let nullSet: Int
    /// For each ordered family its cut points and the set of the first region.
    let families: [(points: CutPoints, base: Int)]
    /// The set of rows whose cell must be evaluated.
    let opaque: Int
    /// Whether there is such a row.
    let hasOpaque: Bool

    /// The most memory the sets of one column may take, in bytes.
    static let greatestMemory = 128 << 20

    /// The set of rows that may pass; nil for values of kinds that are not indexed.
    @inline(__always)
    func set(for value: Value) -> Int? {
        switch value {
        case .string(let string):
            return strings[string] ?? otherString
        case .boolean(let boolean):
            return boolean ? trueSet : falseSet
        case .null:
            return nullSet
        default:
            guard let (family, key) = OrderedKey.of(value) else {
                return nil
            }
            let (points, base) = families[family.rawValue]
            return base + points.region(of: key)
        }
    }
}
