import FEEL

/// A file of test cases in the form of the public conformance suite (`testCases.xsd`).
struct TestCaseFile {
    /// A case: what is given, what is asked and what must come out.
    struct Case {
        /// The case's id, or its number.
        let id: String
        /// The line it begins on.
        let line: Int
        /// What the results are asked of.
        let kind: Kind
        /// What is given, by name.
        let inputs: [Input]
        /// What must come out.
        let results: [Result]
    }

    /// What results are asked of.
    enum Kind: Equatable {
        /// Each result of the decision with its name.
        case decision
        /// All results of one decision service.
        case service(String)
        /// The result of one business knowledge model.
        case knowledge(String)
    }

    /// A value that is given.
    struct Input {
        let name: String
        let namespace: String?
        let value: Value
    }

    /// A value that must come out.
    struct Result {
        let name: String
        let namespace: String?
        let expectsError: Bool
        /// Nil when any value will do.
        let expected: Value?
    }

    /// The model's file name as written; nil when the file names none.
    var modelName: String?
    /// The cases in order.
    var cases: [Case] = []
    /// What is wrong with the file.
    var findings: [Finding] = []
}
