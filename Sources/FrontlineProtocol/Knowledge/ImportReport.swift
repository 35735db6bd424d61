/// What an import did.
public struct ImportReport: Codable, Sendable, Hashable {
    /// A record that was not taken.
    public struct Failure: Codable, Sendable, Hashable {
        /// The record's id, or its number as `#7` when it has none.
        public var record: String
        /// The file or address it came from.
        public var file: String?
        /// The line it begins on, or the line of the mistake.
        public var line: Int?
        /// What is wrong with it.
        public var error: String

        /// Makes the value from its members.
        public init(record: String, file: String? = nil, line: Int? = nil, error: String) {
            self.record = record
            self.file = file
            self.line = line
            self.error = error
        }
    }

    /// The source the articles belong to.
    public var source: String
    /// How many records were read.
    public var read = 0
    /// How many articles are new.
    public var created = 0
    /// How many articles have a new version.
    public var updated = 0
    /// How many articles were as they are already.
    public var unchanged = 0
    /// How many articles were retired because the source no longer holds them.
    public var retired = 0
    /// How many records were not taken.
    public var failed = 0
    /// How many records the mapping leaves out.
    public var skipped = 0
    /// The records that were not taken, the first thousand.
    public var failures: [Failure] = []
    /// Why nothing was retired, where pruning was asked for and refused.
    public var refusal: String?
    /// Elements that were reduced to their text, with their number.
    public var reduced: [String: Int] = [:]
    /// The time it took.
    public var seconds = 0.0
    /// The speed, in millions of bytes of XML a second.
    public var megabytesPerSecond = 0.0

    /// Makes an empty report.
    public init(source: String) { self.source = source }
}
