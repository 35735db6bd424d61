// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum PolicyPublish: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var source: String
        public var note: String?
        public var tests: [TestFile]?
        public var force: Bool?

        public init(
            name: String,
            source: String,
            note: String? = nil,
            tests: [TestFile]? = nil,
            force: Bool? = nil
        ) {
            self.name = name
            self.source = source
            self.note = note
            self.tests = tests
            self.force = force
        }
    }

    /// A file of test cases.
    public struct TestFile: Codable, Sendable, Hashable {
        /// What messages call it.
        public var file: String
        /// Its text.
        public var source: String

        public init(file: String, source: String) {
            self.file = file
            self.source = source
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The policy's name, which is that of its file without the extension.
        public var name: String
        /// The version that is now in force.
        public var version: Int
        /// The hash of its source.
        public var sha256: String
        /// What its author should look at: that it brings back something withdrawn, gaps, overlaps, rules that are
        /// never reached, and cases that fail in a model that was forced.
        public var warnings: [String]
        /// How its test cases came out; absent without any.
        public var cases: Cases?

        public init(name: String, version: Int, sha256: String, warnings: [String], cases: Cases? = nil) {
            self.name = name
            self.version = version
            self.sha256 = sha256
            self.warnings = warnings
            self.cases = cases
        }
    }

    /// How many test cases came out how.
    public struct Cases: Codable, Sendable, Hashable {
        /// How many there are.
        public var cases: Int
        /// How many passed.
        public var passed: Int
        /// How many failed.
        public var failed: Int
        /// How many were left out, for they call functions that are not supported.
        public var skipped: Int

        public init(cases: Int, passed: Int, failed: Int, skipped: Int) {
            self.cases = cases
            self.passed = passed
            self.failed = failed
            self.skipped = skipped
        }
    }

    /// How many files of test cases may be sent.
    private static let maximumTests = 100

    public static let name = "policy.publish"
    public static let summary = "Checks a decision model, runs its test cases, and puts it in force at once"
    public static let details = """
        A model with errors is refused with -32602 and `details`, a list of what is wrong and where; so is one whose test
        cases fail, unless it is forced. The same source again, while it is in force, makes no new version. While the
        calendar freezes policies, everything else is a conflict that names the reason and the end, unless it is forced.
        """
    public static let access = MethodAccess.operations
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "source": "The model, a DMN document; for `signals` a file of signals",
        "note": "Why; recorded",
        "tests": "Files of test cases of the model, in the form of the DMN conformance suite; all of them are run",
        "force": "Whether it is put in force although test cases fail, which its note then says, or during a freeze of "
            + "the calendar, which the audit log records",
    ]
    public static let errors: [RPCErrorDefinition] = [.conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        guard (params.tests?.count ?? 0) <= maximumTests else {
            throw .invalidParams(path: "params.tests", expected: "at most \(maximumTests) files")
        }
    }
}
