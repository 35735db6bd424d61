// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum PolicySimulate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var name: String
        public var source: String
        public var since: Timestamp?

        public init(
            name: String,
            source: String,
            since: Timestamp? = nil
        ) {
            self.name = name
            self.source = source
            self.since = since
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// How many cases were replayed.
        public var cases: Int
        /// How many would be decided otherwise.
        public var changed: Int
        /// How many went from which outcome to which, such as `approved > denied`, those that stay apart.
        public var fromTo: [String: Int]
        /// What would be approved alone more, or less, by currency.
        public var amountDelta: [MoneyDelta]
        /// Some of the cases that change, of every kind.
        public var examples: [Example]
        /// How many were left out, because their data was erased or cannot be read.
        public var skipped: Int
        /// What there is to know of the replay.
        public var note: String?
        /// How long it took, in milliseconds.
        public var tookMs: Double

        public init(
            cases: Int,
            changed: Int,
            fromTo: [String: Int],
            amountDelta: [MoneyDelta],
            examples: [Example],
            skipped: Int,
            note: String? = nil,
            tookMs: Double
        ) {
            self.cases = cases
            self.changed = changed
            self.fromTo = fromTo
            self.amountDelta = amountDelta
            self.examples = examples
            self.skipped = skipped
            self.note = note
            self.tookMs = tookMs
        }
    }

    /// An amount of a currency that may be below zero.
    public struct MoneyDelta: Codable, Sendable, Hashable {
        /// The amount, with a minus sign for less.
        public var amount: DecimalText
        /// A code of ISO 4217.
        public var currency: String

        public init(
            amount: DecimalText,
            currency: String
        ) {
            self.amount = amount
            self.currency = currency
        }
    }

    /// A case that would be decided otherwise.
    public struct Example: Codable, Sendable, Hashable {
        /// The id of the request, or its line in a file.
        public var caseId: String
        /// What was decided.
        public var from: ResolutionOutcome
        /// What the draft decides.
        public var to: ResolutionOutcome
        /// What was asked for.
        public var action: String
        /// How much.
        public var amount: Money?
        /// Why, as recorded.
        public var becauseFrom: [String]
        /// Why, by the draft.
        public var becauseTo: [String]

        public init(
            caseId: String,
            from: ResolutionOutcome,
            to: ResolutionOutcome,
            action: String,
            amount: Money? = nil,
            becauseFrom: [String],
            becauseTo: [String]
        ) {
            self.caseId = caseId
            self.from = from
            self.to = to
            self.action = action
            self.amount = amount
            self.becauseFrom = becauseFrom
            self.becauseTo = becauseTo
        }
    }

    public static let name = "policy.simulate"
    public static let summary = "Replays past cases on a draft; publishes and grants nothing"
    public static let details = """
        The cases of `resolution` are the requests in the ledger, with the windows as they were recorded: the replay does not
        follow a changed decision into later windows. For other policies no cases are recorded, and the answer says so.
        """
    public static let access = MethodAccess.rulesReviewers
    public static let parameters = [
        "name": "The policy's name, which is that of its file without the extension",
        "source": "The draft",
        "since": "Only cases decided at this moment or later",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
