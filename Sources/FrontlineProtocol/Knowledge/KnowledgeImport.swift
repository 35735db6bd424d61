// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum KnowledgeImport: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var xml: String
        public var mapping: String?
        public var source: String?
        public var dryRun: Bool?
        public var expectedVersion: Int?
        public var adopt: Bool?
        public var prune: Bool?
        public var force: Bool?
        public var held: [String]?
        public var importId: String?
        public var part: Int?

        public init(
            xml: String,
            mapping: String? = nil,
            source: String? = nil,
            dryRun: Bool? = nil,
            expectedVersion: Int? = nil,
            adopt: Bool? = nil,
            prune: Bool? = nil,
            force: Bool? = nil,
            held: [String]? = nil,
            importId: String? = nil,
            part: Int? = nil
        ) {
            self.xml = xml
            self.mapping = mapping
            self.source = source
            self.dryRun = dryRun
            self.expectedVersion = expectedVersion
            self.adopt = adopt
            self.prune = prune
            self.force = force
            self.held = held
            self.importId = importId
            self.part = part
        }
    }

    /// What it answers.
    public typealias Result = ImportReport

    public static let name = "knowledge.import"
    public static let summary = "Imports articles from XML, all that are sound"
    public static let access = MethodAccess.knowledgeManagers
    public static let parameters = [
        "xml": "The document: native articles, or a dialect that a mapping reads",
        "mapping": "The mapping's name; found by the root element unless given",
        "source": "The source the articles belong to; `local` unless given",
        "dry_run": "Whether to only report what would be done; false unless given",
        "expected_version": "For a single article: its version as the caller knows it; 0 for a new one",
        "adopt": "Whether articles of other sources that have the id of a record are taken over; such a record fails "
            + "unless given, and one that more people would see fails in any case",
        "prune": "Whether articles of the source that the import does not hold are retired; false unless given",
        "force": "Whether pruning may take more than a tenth of the source, or go by what was not read to its end, and "
            + "whether to import during a freeze of the calendar, which the audit log records",
        "held": "Ids that pruning leaves alone although the document does not hold them",
        "import_id": "A name for an import that comes in several calls; `prune` with the last of them goes by all",
        "part": "The number of this call among those of `import_id`, from 1",
    ]
    public static let errors: [RPCErrorDefinition] = [.conflict]

    private static let maximumHeld = 10_000

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.importId, path: "params.import_id")
        guard (params.importId == nil) == (params.part == nil) else {
            let missing = params.part == nil ? "params.part" : "params.import_id"
            throw .invalidParams(path: missing, expected: "`import_id` and `part` together")
        }
        try Limits.check(params.part, in: 1...1_000_000, path: "params.part")
        if let held = params.held, held.count > maximumHeld {
            throw .invalidParams(path: "params.held", expected: "at most \(maximumHeld) ids")
        }
        if params.prune == true, params.expectedVersion != nil {
            throw .invalidParams(path: "params.prune", expected: "no `prune` beside `expected_version`")
        }
    }
}
