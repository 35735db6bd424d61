// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum PolicyEvaluate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var decision: String
        public var input: JSON
        public var version: Int?

        public init(name: String, decision: String, input: JSON, version: Int? = nil) {
            self.name = name
            self.decision = decision
            self.input = input
            self.version = version
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The value; null also stands for an error, which `because` then tells.
        public var result: JSON
        /// The rules that matched, then why values became null.
        public var because: [String]
        /// The version that decided.
        public var version: Int

        public init(result: JSON, because: [String], version: Int) {
            self.result = result
            self.because = because
            self.version = version
        }
    }

    public static let name = "policy.evaluate"
    public static let summary = "Evaluates a decision of a policy; grants nothing and changes nothing"
    public static let details = """
        Strings become dates, times and durations where the model declares such inputs. Numbers are read by their text, so
        they are exact.
        """
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "decision": "The decision or decision service",
        "input": "The values of the model's inputs, by name",
        "version": "An earlier version; the one in force unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
