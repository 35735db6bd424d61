// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ReportSummary: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var from: Timestamp
        public var to: Timestamp
        public var groupBy: Group?

        public init(from: Timestamp, to: Timestamp, groupBy: Group? = nil) {
            self.from = from
            self.to = to
            self.groupBy = groupBy
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// One row for each group, in the order of keys.
        public var rows: [Row]

        public init(rows: [Row]) {
            self.rows = rows
        }
    }

    /// What a row stands for.
    public enum Group: String, Codable, Sendable, Hashable, CaseIterable {
        /// Who leads the contact.
        case agent
        /// The teams it belongs to; a contact of two teams counts in both.
        case team
        /// Where it takes place.
        case channel
        /// The hour in which it was opened, in UTC.
        case hour
        /// The day on which it was opened, in the company's time zone.
        case day
        /// The week of ISO 8601 in which it was opened, in the company's time zone.
        case week
    }

    /// The figures of a group.
    public struct Row: Codable, Sendable, Hashable {
        /// The agent, team, channel, hour, day (`2026-11-18`) or week (`2026-W47`); `all` without a group, empty for
        /// contacts that have none.
        public var key: String
        /// How many conversations were opened.
        public var contacts: Int
        /// How long those that have ended took, by the median.
        public var medianSeconds: Double?
        /// The mean of the customers' moods after their first words.
        public var moodStart: Double?
        /// The mean of the customers' moods after their last words.
        public var moodEnd: Double?
        /// How many alerts they raised, by outcome; those without one under their status.
        public var alerts: [String: Int]
        /// What was granted in them.
        public var resolutions: Resolutions
        /// How often a script was left.
        public var deviations: Int
        /// How many of those that have ended were settled, by their dispositions.
        public var resolved: Int
        /// How many of those that have ended were not.
        public var unresolved: Int
        /// The share that was settled of those whose disposition says so or not, from 0 to 1; absent without any.
        public var resolvedRate: Double?
        /// How many searches were made for them.
        public var searches: Int
        /// How many searches were made outside any contact; only for callers who see every contact, and under the empty
        /// key where rows stand for agents, teams or channels, for nobody knows whose they are.
        public var searchesWithoutConversation: Int?
        /// How many articles and suggestions were used.
        public var used: Int

        public init(
            key: String,
            contacts: Int,
            medianSeconds: Double? = nil,
            moodStart: Double? = nil,
            moodEnd: Double? = nil,
            alerts: [String: Int],
            resolutions: Resolutions,
            deviations: Int,
            resolved: Int = 0,
            unresolved: Int = 0,
            resolvedRate: Double? = nil,
            searches: Int,
            searchesWithoutConversation: Int? = nil,
            used: Int
        ) {
            self.key = key
            self.contacts = contacts
            self.medianSeconds = medianSeconds
            self.moodStart = moodStart
            self.moodEnd = moodEnd
            self.alerts = alerts
            self.resolutions = resolutions
            self.deviations = deviations
            self.resolved = resolved
            self.unresolved = unresolved
            self.resolvedRate = resolvedRate
            self.searches = searches
            self.searchesWithoutConversation = searchesWithoutConversation
            self.used = used
        }
    }

    /// What was granted, and what was not.
    public struct Resolutions: Codable, Sendable, Hashable {
        /// How many were approved.
        public var count: Int
        /// The sums of what was approved, by currency.
        public var amounts: [Amount]
        /// How many wait for an approver.
        public var pending: Int
        /// How many the policy refused.
        public var denied: Int
        /// How many an approver refused.
        public var rejected: Int

        public init(count: Int, amounts: [Amount], pending: Int = 0, denied: Int = 0, rejected: Int = 0) {
            self.count = count
            self.amounts = amounts
            self.pending = pending
            self.denied = denied
            self.rejected = rejected
        }
    }

    /// A sum of money.
    public struct Amount: Codable, Sendable, Hashable {
        /// The sum, as a decimal.
        public var amount: String
        /// The currency.
        public var currency: String

        public init(amount: String, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }

    public static let name = "report.summary"
    public static let summary = "Counts what happened, by agent, team, channel, hour, day or week"
    public static let details = """
        A contact counts where it was opened: `from` is inclusive, `to` exclusive.
        Supervisors see the contacts of their teams. What a transcript held is not needed: reports stay whole after
        transcripts are deleted.
        """
    public static let access = MethodAccess.reportReaders
    public static let parameters = [
        "from": "The first moment",
        "to": "The moment after the last",
        "group_by": "What a row stands for; one row for everything unless given",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        guard params.from < params.to else {
            throw .invalidParams(path: "params.to", expected: "a time after `from`")
        }
    }
}
