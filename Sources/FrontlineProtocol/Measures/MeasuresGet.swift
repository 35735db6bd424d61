// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum MeasuresGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var measure: String

        public init(measure: String) {
            self.measure = measure
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What the list says of it.
        public var measure: MeasuresList.Measure
        /// Its titles by language.
        public var titles: [String: String]
        /// What it means.
        public var note: String?
        /// The conditions and expressions (FEEL) by member: `where`, `exclude`, `of`, `per`.
        public var expressions: [String: String]
        /// Who answers for it.
        public var owner: String
        /// The least role that may see it.
        public var audience: String
        /// With fewer records a row is suppressed.
        public var least: Int
        /// What is suppressed then: `rows` or `complementary`.
        public var suppression: String
        /// The method of `low` and `high`; absent where values have no interval.
        public var interval: String?
        /// The hash of its source.
        public var sha256: String
        /// The facts that expressions of its population may read.
        public var facts: [Fact]

        public init(
            measure: MeasuresList.Measure,
            titles: [String: String],
            note: String? = nil,
            expressions: [String: String],
            owner: String,
            audience: String,
            least: Int,
            suppression: String,
            interval: String? = nil,
            sha256: String,
            facts: [Fact]
        ) {
            self.measure = measure
            self.titles = titles
            self.note = note
            self.expressions = expressions
            self.owner = owner
            self.audience = audience
            self.least = least
            self.suppression = suppression
            self.interval = interval
            self.sha256 = sha256
            self.facts = facts
        }
    }

    /// A documented fact of a kind of record.
    public struct Fact: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its type: `number`, `text`, `flag` or `texts`.
        public var type: String
        /// Whether it can be null.
        public var optional: Bool
        /// The least role that may see it.
        public var audience: String
        /// What it means, with its unit.
        public var meaning: String

        public init(name: String, type: String, optional: Bool, audience: String, meaning: String) {
            self.name = name
            self.type = type
            self.optional = optional
            self.audience = audience
            self.meaning = meaning
        }
    }

    public static let name = "measures.get"
    public static let summary = "Answers the definition of a measure: what it counts, how, and how sure its values are"
    public static let access = MethodAccess.figureReaders
    public static let parameters = ["measure": "The measure"]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
