public import JSONRPC
public import Vocabulary

/// Evaluates a decision of a policy; grants nothing and changes nothing.
///
/// Strings become dates, times and durations where the model declares such inputs. Numbers are read by their text, so
/// they are exact.
public enum PolicyEvaluate: FrontlineMethod {
    /// What `policy.evaluate` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The decision or decision service.
        public var decision: String
        /// The values of the model's inputs, by name.
        public var input: JSON
        /// An earlier version; the one in force unless given.
        public var version: Int?

        /// Makes the value from its members.
        public init(name: String, decision: String, input: JSON, version: Int? = nil) {
            self.name = name
            self.decision = decision
            self.input = input
            self.version = version
        }
    }

    /// What `policy.evaluate` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The value; null also stands for an error, which `because` then tells.
        public var result: JSON
        /// The rules that matched, then why values became null.
        public var because: [String]
        /// The version that decided.
        public var version: Int

        /// Makes the value from its members.
        public init(result: JSON, because: [String], version: Int) {
            self.result = result
            self.because = because
            self.version = version
        }
    }

    /// The name on the wire.
    public static let name = "policy.evaluate"
    /// The method in one line.
    public static let summary = "Evaluates a decision of a policy; grants nothing and changes nothing"
    /// More about it.
    public static let details = """
        Strings become dates, times and durations where the model declares such inputs. Numbers are read by their text, so
        they are exact.
        """
    /// Who may call it.
    public static let access = MethodAccess.rulesReviewers
    /// What each parameter means.
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "decision": "The decision or decision service",
        "input": "The values of the model's inputs, by name",
        "version": "An earlier version; the one in force unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
