// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum MeasuresList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var locale: String?

        public init(locale: String? = nil) {
            self.locale = locale
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The measures that the caller may see, in the order of their names.
        public var measures: [Measure]

        public init(measures: [Measure]) {
            self.measures = measures
        }
    }

    /// A measure in force.
    public struct Measure: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its title in the language asked for.
        public var title: String
        /// What kind of record it counts.
        public var population: RecordKind
        /// What is made of them: `count`, `sum`, `mean`, `proportion` or `ratio`.
        public var statistic: String
        /// The unit of its values.
        public var unit: String
        /// Which values are better: `up`, `down` or `none`.
        public var direction: String
        /// By what it can be grouped, beside `day`, `week` and `month`.
        public var groups: [String]
        /// The version in force.
        public var version: Int

        public init(
            name: String,
            title: String,
            population: RecordKind,
            statistic: String,
            unit: String,
            direction: String,
            groups: [String],
            version: Int
        ) {
            self.name = name
            self.title = title
            self.population = population
            self.statistic = statistic
            self.unit = unit
            self.direction = direction
            self.groups = groups
            self.version = version
        }
    }

    public static let name = "measures.list"
    public static let summary = "Lists the measures in force that the caller may see"
    public static let access = MethodAccess.figureReaders
    public static let parameters = [
        "locale": "The language of the titles; that of the token unless given, else English"
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.locale, path: "params.locale")
    }
}
