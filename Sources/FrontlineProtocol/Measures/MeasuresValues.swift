// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum MeasuresValues: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var measure: String
        public var from: DayOrTime
        public var to: DayOrTime
        public var by: String?
        public var group: String?

        public init(measure: String, from: DayOrTime, to: DayOrTime, by: String? = nil, group: String? = nil) {
            self.measure = measure
            self.from = from
            self.to = to
            self.by = by
            self.group = group
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The rows, in the order of keys; one where `by` is absent, else none for what has no records.
        public var rows: [Row]
        /// How many records have changed and are not counted yet; absent for none.
        public var waiting: Int?

        public init(rows: [Row], waiting: Int? = nil) {
            self.rows = rows
            self.waiting = waiting
        }
    }

    /// A value.
    public struct Row: Codable, Sendable, Hashable {
        /// The value of the group, the day (`2026-11-18`), week (`2026-W47`) or month (`2026-11`); `all` without `by`, empty
        /// for records without a value of the group.
        public var key: String
        /// The value; absent when it is suppressed, or there is none, as the mean of nothing.
        public var value: Double?
        /// The lower end of the interval; absent where the measure has none.
        public var low: Double?
        /// The upper end.
        public var high: Double?
        /// On how many records it rests; 0 when it is suppressed.
        public var n: Int
        /// Whether it is withheld because too few records are behind it, or behind what its value would tell.
        public var suppressed: Bool?

        public init(
            key: String,
            value: Double? = nil,
            low: Double? = nil,
            high: Double? = nil,
            n: Int,
            suppressed: Bool? = nil
        ) {
            self.key = key
            self.value = value
            self.low = low
            self.high = high
            self.n = n
            self.suppressed = suppressed
        }
    }

    public static let name = "measures.values"
    public static let summary = "Answers the values of a measure over whole days"
    public static let details = """
        A record counts on the day on which it began, in the company's time zone. A period covers every day that it touches: of
        a moment that is its day, of `to` the day before if it is the first moment of one. Agents see their own figures, supervisors
        those of their teams.
        """
    public static let access = MethodAccess.figureReaders
    public static let parameters = [
        "measure": "The measure",
        "from": "The first day, or a moment of it",
        "to": "The moment after the last, or the day after the last",
        "by":
            "What a row stands for: `day`, `week`, `month` or a group of the measure; one row for everything unless given",
        "group": "Only what has this value of a group, as `team=delivery`",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.measure, path: "params.measure")
        try Limits.checkName(params.by, path: "params.by")
        try Limits.checkName(params.group, path: "params.group")
    }
}
