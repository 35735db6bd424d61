import FEEL

/// An input cell in the form in which columns are indexed and analysed.
enum CellForm: Sendable {
    /// Passes everything.
    case any
    /// Must be evaluated.
    case opaque
    /// Passes values that some atom covers; when negated, comparable values that none covers.
    case atoms([Atom], negated: Bool)

    /// A part of the domain of one family of values.
    enum Atom: Sendable {
        case null
        case boolean(Bool)
        case string(String)
        /// An interval of a family with an order; a missing end is open.
        case interval(OrderedFamily, low: Bound?, high: Bound?)
    }

    /// An end of an interval.
    struct Bound: Sendable {
        let key: OrderedKey
        let isIncluded: Bool
    }

    /// The form of a compiled cell.
    init(_ cell: UnaryTests) {
        if case .not(let inner)? = cell.tests.first, cell.tests.count == 1 {
            guard let atoms = CellForm.atoms(of: inner), CellForm.areOfOneFamily(atoms) else {
                self = .opaque
                return
            }
            self = .atoms(atoms, negated: true)
            return
        }
        if cell.tests.contains(where: { if case .any = $0 { true } else { false } }) {
            self = .any
            return
        }
        self = CellForm.atoms(of: cell.tests).map { .atoms($0, negated: false) } ?? .opaque
    }

    /// Whether values of one family only are named beside null; what a negation does with others is told by evaluation.
    private static func areOfOneFamily(_ atoms: [Atom]) -> Bool {
        let families = atoms.compactMap { atom -> Int? in
            switch atom {
            case .null: nil
            case .boolean: -1
            case .string: -2
            case .interval(let family, _, _): family.rawValue
            }
        }
        return Set(families).count <= 1
    }

    private static func atoms(of tests: [UnaryTest]) -> [Atom]? {
        var result: [Atom] = []
        for test in tests {
            switch test {
            case .equal(let value):
                guard let atom = atom(of: value) else {
                    return nil
                }
                result.append(atom)
            case .interval(let range):
                guard let atom = atom(of: range) else {
                    return nil
                }
                result.append(atom)
            case .isNull:
                result.append(.null)
            case .anyOf(let inner):
                guard let inner = atoms(of: inner) else {
                    return nil
                }
                result += inner
            case .any, .not, .opaque:
                return nil
            }
        }
        return result
    }

    private static func atom(of value: Value) -> Atom? {
        switch value {
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        case .string(let value): return .string(value)
        default:
            guard let (family, key) = OrderedKey.of(value) else {
                return nil
            }
            let bound = Bound(key: key, isIncluded: true)
            return .interval(family, low: bound, high: bound)
        }
    }

    private static func atom(of range: RangeValue) -> Atom? {
        guard range.form == .interval || range.form == .comparison else {
            return nil
        }
        let low = OrderedKey.of(range.start)
        let high = OrderedKey.of(range.end)
        guard let family = low?.family ?? high?.family,
            low != nil || range.start.isNull,
            high != nil || range.end.isNull,
            low == nil || high == nil || low?.family == high?.family
        else {
            return nil
        }
        return .interval(
            family,
            low: low.map { Bound(key: $0.key, isIncluded: range.startIncluded) },
            high: high.map { Bound(key: $0.key, isIncluded: range.endIncluded) }
        )
    }
}
