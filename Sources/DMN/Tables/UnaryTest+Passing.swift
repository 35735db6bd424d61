import FEEL

extension UnaryTest {
    /// Whether a value passes a test of constants; never for one that must be evaluated.
    func passes(_ value: Value) -> Bool {
        switch self {
        case .any: true
        case .equal(let constant): value.equals(constant).isTrue
        case .interval(let range): range.contains(value).isTrue
        case .isNull: value.isNull
        case .not(let tests): !tests.contains { $0.passes(value) }
        case .anyOf(let tests): tests.contains { $0.passes(value) }
        case .opaque: false
        }
    }

    /// Whether the test, or one inside it, must be evaluated.
    var isOpaque: Bool {
        switch self {
        case .opaque: true
        case .not(let tests), .anyOf(let tests): tests.contains { $0.isOpaque }
        case .any, .equal, .interval, .isNull: false
        }
    }
}
