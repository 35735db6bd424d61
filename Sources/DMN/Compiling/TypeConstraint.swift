import FEEL

/// What item definitions demand of values beyond their type.
final class TypeConstraint: Sendable {
    /// Tests that the value itself must pass, each of them.
    let tests: [UnaryTests]
    /// Constraints on entries of a context.
    let entries: [(name: String, constraint: TypeConstraint)]
    /// The constraint on each item of a list.
    let items: TypeConstraint?
    /// The tests, where each is a list of constants and ranges, which scalars are compared with in no frame.
    private let plainTests: [[UnaryTest]]?

    init(tests: [UnaryTests] = [], entries: [(name: String, constraint: TypeConstraint)] = [], items: TypeConstraint?) {
        self.tests = tests
        plainTests = tests.allSatisfy { $0.tests.allSatisfy(\.isPlain) } ? tests.map(\.tests) : nil
        self.entries = entries
        self.items = items
    }

    /// A constraint, or nil when it would demand nothing.
    static func making(
        tests: [UnaryTests] = [],
        entries: [(name: String, constraint: TypeConstraint)] = [],
        items: TypeConstraint? = nil
    ) -> TypeConstraint? {
        if tests.isEmpty, entries.isEmpty, items == nil {
            return nil
        }
        return TypeConstraint(tests: tests, entries: entries, items: items)
    }

    private func passesTests(_ value: Value, _ evaluation: Evaluation) -> Bool {
        if let plainTests, value.scalarType != nil {
            return plainTests.allSatisfy { tests in tests.contains { $0.passes(value) } }
        }
        let own = Frame(slotCount: 4, evaluation: evaluation)
        return tests.allSatisfy { $0.matches(value, in: own) }
    }

    /// Whether a value meets the constraint; null always does.
    ///
    /// The tests use slots of a frame of their own.
    func accepts(_ value: Value, _ evaluation: Evaluation) -> Bool {
        if value.isNull {
            return true
        }
        if !tests.isEmpty {
            guard evaluation.count(1) else {
                evaluation.failForWork(at: SourcePosition())
                return false
            }
            guard passesTests(value, evaluation) else {
                return false
            }
        }
        if let items, case .list(let list) = value {
            return list.elements.allSatisfy { items.accepts($0, evaluation) }
        }
        if case .context(let context) = value {
            return entries.allSatisfy { $0.constraint.accepts(context[$0.name] ?? .null, evaluation) }
        }
        return true
    }
}

extension TypeConstraint {
    /// The tests on the value, in order, when there is just one list of them.
    var allowedTests: [UnaryTest]? {
        tests.count == 1 ? tests[0].tests : items?.allowedTests
    }
}
