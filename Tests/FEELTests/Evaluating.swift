import FEEL
import IEEEDecimal
import Testing

/// The value of an expression over variables; text that does not compile is an issue.
func value(
    _ text: String,
    _ variables: KeyValuePairs<String, Value> = [:],
    at location: SourceLocation = #_sourceLocation
) -> Value {
    var scope = Scope()
    let frame = Frame(evaluation: Evaluation(clock: { noon }))
    for (name, value) in variables { frame[scope.declare(name)] = value }
    do {
        return try Expression(text, in: scope).evaluate(in: frame)
    } catch {
        Issue.record("\(text) does not compile: \(error)", sourceLocation: location)
        return .null
    }
}

/// A text of the value, to compare in tests.
func shown(
    _ text: String,
    _ variables: KeyValuePairs<String, Value> = [:],
    at location: SourceLocation = #_sourceLocation
) -> String {
    value(text, variables, at: location).description
}

/// The moment tests call now.
let noon = moment("2024-05-06T12:00:00Z")

func moment(_ text: String) -> DateAndTime {
    guard case .dateAndTime(let moment) = Value(parsing: text, as: .dateAndTime) else {
        preconditionFailure("\(text) is a date and time")
    }
    return moment
}

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
