public import JSONRPC

/// Imports articles from XML, all that are sound.
public enum KnowledgeImport: FrontlineMethod {
    /// What `knowledge.import` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The document: native articles, or a dialect that a mapping reads.
        public var xml: String
        /// The mapping's name; found by the root element unless given.
        public var mapping: String?
        /// The source the articles belong to; `local` unless given.
        public var source: String?
        /// Whether to only report what would be done; false unless given.
        public var dryRun: Bool?
        /// For a single article: its version as the caller knows it; 0 for a new one.
        public var expectedVersion: Int?

        /// Makes the value from its members.
        public init(
            xml: String,
            mapping: String? = nil,
            source: String? = nil,
            dryRun: Bool? = nil,
            expectedVersion: Int? = nil
        ) {
            self.xml = xml
            self.mapping = mapping
            self.source = source
            self.dryRun = dryRun
            self.expectedVersion = expectedVersion
        }
    }

    /// What it answers.
    public typealias Result = ImportReport

    /// The name on the wire.
    public static let name = "knowledge.import"
    /// The method in one line.
    public static let summary = "Imports articles from XML, all that are sound"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeManagers
    /// What each parameter means.
    public static let parameters = [
        "xml": "The document: native articles, or a dialect that a mapping reads",
        "mapping": "The mapping's name; found by the root element unless given",
        "source": "The source the articles belong to; `local` unless given",
        "dry_run": "Whether to only report what would be done; false unless given",
        "expected_version": "For a single article: its version as the caller knows it; 0 for a new one",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.conflict]
}
