// swift-tools-version: 6.2
import PackageDescription

/// One line a module: its name and what it may import.
///
/// The table in ARCHITECTURE.md says the same and a repository test holds the two together.
let package = Package(
    name: "frontline",
    products: [
        .executable(name: "frontline", targets: ["frontline"]),
        .executable(name: "frontline-benchmark", targets: ["FrontlineBenchmark"]),
        .library(name: "FrontlineClient", targets: ["FrontlineClient", "FrontlineProtocol"]),
        .library(name: "JSONRPC", targets: ["JSONRPC"]),
        .library(name: "IEEEDecimal", targets: ["IEEEDecimal"]),
        .library(name: "FEEL", targets: ["FEEL"]),
        .library(name: "DMN", targets: ["DMN"]),
        .library(name: "SentenceEncoder", targets: ["SentenceEncoder"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.0.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.4.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.0.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.0.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
    ],
    targets: [
        // What tests share.
        .target(name: "PublicData", path: "Tests/PublicData"),
        .target(name: "SampleArchives", dependencies: ["CLibArchive"], path: "Tests/SampleArchives"),
        .target(
            name: "SampleIdentity",
            dependencies: ["COpenSSL", "IdentityTokens", "Vocabulary"],
            path: "Tests/SampleIdentity"
        ),
        .target(name: "SampleModels", path: "Tests/SampleModels"),
        .target(
            name: "TestStores",
            dependencies: ["PostgresStorage", "SQLiteStorage", "Storage"],
            path: "Tests/TestStores"
        ),

        // Ground floor: know nothing of the product.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .target(name: "Digests", dependencies: ["COpenSSL"]),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
        .target(name: "TLS", dependencies: ["COpenSSL", .product(name: "NIOCore", package: "swift-nio")]),
        .testTarget(
            name: "TLSTests",
            dependencies: [
                "COpenSSL", "TLS", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]
        ),
        .target(name: "IdentityTokens", dependencies: ["COpenSSL", "Vocabulary"]),
        .testTarget(name: "IdentityTokensTests", dependencies: ["IdentityTokens", "SampleIdentity", "Vocabulary"]),
        .target(name: "Spelling"),
        .testTarget(name: "SpellingTests", dependencies: ["Spelling"]),
        .target(name: "Vocabulary", dependencies: ["IEEEDecimal"]),
        .testTarget(name: "VocabularyTests", dependencies: ["IEEEDecimal", "Vocabulary"]),
        .target(name: "JSONRPC", dependencies: ["Spelling", "Vocabulary"]),
        .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC", "PublicData", "Vocabulary"]),
        .target(name: "IEEEDecimal"),
        .testTarget(name: "IEEEDecimalTests", dependencies: ["IEEEDecimal"]),
        .target(name: "LibXML", dependencies: ["CLibXML2"]),
        .testTarget(name: "LibXMLTests", dependencies: ["LibXML", "PublicData"]),
        .target(name: "Archives", dependencies: ["CLibArchive"]),
        .testTarget(name: "ArchivesTests", dependencies: ["Archives", "SampleArchives"]),
        .target(name: "HTTPFetch", dependencies: ["CLibCurl"]),
        .testTarget(name: "HTTPFetchTests", dependencies: ["HTTPFetch"]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "Storage", dependencies: ["Digests"]),
        .target(
            name: "SQLiteStorage",
            dependencies: [
                "Storage",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(name: "PostgresStorage", dependencies: ["CLibPQ", "Storage"]),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "TestStores"]),
        .testTarget(name: "SQLiteStorageTests", dependencies: ["SQLiteStorage", "Storage"]),
        .testTarget(name: "PostgresStorageTests", dependencies: ["PostgresStorage", "Storage", "TestStores"]),
        .target(
            name: "Redaction",
            dependencies: ["BuiltInData", "StrictYAML", "Vocabulary", .product(name: "Yams", package: "Yams")]
        ),
        .testTarget(name: "RedactionTests", dependencies: ["PublicData", "Redaction", "Vocabulary"]),
        .target(name: "StrictYAML", dependencies: ["Spelling", .product(name: "Yams", package: "Yams")]),
        .testTarget(
            name: "StrictYAMLTests",
            dependencies: ["StrictYAML", .product(name: "Yams", package: "Yams")]
        ),
        .target(name: "PhraseMatching"),
        .testTarget(name: "PhraseMatchingTests", dependencies: ["PhraseMatching"]),
        .target(name: "TextSearch", dependencies: ["CLibStemmer", "Spelling"]),
        .testTarget(name: "TextSearchTests", dependencies: ["TextSearch"]),
        .target(name: "CEncoderKernels"),
        .target(name: "SentenceEncoder", dependencies: ["CEncoderKernels", "Digests"], exclude: ["MODEL_CARD.md"]),
        .testTarget(
            name: "SentenceEncoderTests",
            dependencies: ["CEncoderKernels", "SampleModels", "SentenceEncoder"]
        ),
        .target(name: "ModelSupply", dependencies: ["Archives", "SentenceEncoder", "Vocabulary"]),
        .testTarget(
            name: "ModelSupplyTests",
            dependencies: ["ModelSupply", "SampleArchives", "SampleModels", "SentenceEncoder"]
        ),
        .target(name: "VectorIndex", dependencies: ["CEncoderKernels", "Digests"]),
        .testTarget(name: "VectorIndexTests", dependencies: ["VectorIndex"]),
        .target(name: "BuiltInData"),
        .target(name: "CSentimentModel", exclude: ["en.heads", "en.model", "en.remarks"]),
        .target(
            name: "Sentiment",
            dependencies: ["CSentimentModel", "PhraseMatching", "Vocabulary"],
            exclude: ["MODEL_CARD.md"]
        ),
        .executableTarget(name: "SentimentTraining", dependencies: ["SentenceEncoder", "Sentiment", "Vocabulary"]),
        .testTarget(
            name: "SentimentTests",
            dependencies: ["PublicData", "SampleModels", "SentenceEncoder", "Sentiment", "Vocabulary"]
        ),

        // Decisions: libraries of their own.
        .target(name: "FEEL", dependencies: ["IEEEDecimal"]),
        .testTarget(name: "FEELTests", dependencies: ["FEEL", "IEEEDecimal"]),
        .target(name: "DMN", dependencies: ["FEEL", "IEEEDecimal", "LibXML"]),
        .testTarget(name: "DMNTests", dependencies: ["DMN", "FEEL", "PublicData"]),

        // Shared by the capabilities.
        .target(name: "AuditTrail", dependencies: ["Storage", "Vocabulary"]),
        .testTarget(name: "AuditTrailTests", dependencies: ["AuditTrail", "Storage", "TestStores", "Vocabulary"]),
        .target(name: "Access", dependencies: ["AuditTrail", "Digests", "Storage", "Vocabulary"]),
        .testTarget(
            name: "AccessTests",
            dependencies: ["Access", "AuditTrail", "Storage", "TestStores", "Vocabulary"]
        ),
        .target(name: "Timekeeping", dependencies: ["AuditTrail", "Storage", "Vocabulary"]),
        .testTarget(name: "TimekeepingTests", dependencies: ["AuditTrail", "Storage", "TestStores", "Timekeeping"]),
        .target(name: "Customers", dependencies: ["Access", "Storage", "Vocabulary"]),
        .testTarget(name: "CustomersTests", dependencies: ["Access", "Customers", "Vocabulary"]),
        .target(name: "Versioning", dependencies: ["AuditTrail", "Storage", "Vocabulary"]),
        .testTarget(name: "VersioningTests", dependencies: ["AuditTrail", "Storage", "TestStores", "Versioning"]),
        .target(
            name: "BusinessCalendar",
            dependencies: [
                "AuditTrail", "Storage", "StrictYAML", "Versioning", "Vocabulary",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "BusinessCalendarTests",
            dependencies: ["AuditTrail", "BusinessCalendar", "Storage", "TestStores", "Versioning", "Vocabulary"]
        ),
        .target(
            name: "Texts",
            dependencies: [
                "AuditTrail", "BuiltInData", "Storage", "StrictYAML", "Versioning",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "TextsTests",
            dependencies: ["AuditTrail", "Storage", "TestStores", "Texts", "Versioning"]
        ),
        .target(
            name: "Policies",
            dependencies: [
                "AuditTrail", "DMN", "FEEL", "IEEEDecimal", "Spelling", "Storage", "Versioning", "Vocabulary",
            ]
        ),
        .testTarget(
            name: "PoliciesTests",
            dependencies: [
                "AuditTrail", "DMN", "FEEL", "Policies", "Storage", "TestStores", "Versioning", "Vocabulary",
            ]
        ),

        // Capabilities.
        .target(
            name: "Knowledge",
            dependencies: [
                "Access", "Archives", "AuditTrail", "BuiltInData", "Digests", "HTTPFetch", "LibXML", "Redaction",
                "SentenceEncoder", "Spelling", "Storage", "StrictYAML", "TextSearch", "VectorIndex", "Versioning",
                "Vocabulary",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "KnowledgeTests",
            dependencies: [
                "Access", "AuditTrail", "HTTPFetch", "Knowledge", "LibXML", "PublicData", "Storage", "TestStores",
                "TextSearch",
                "Versioning", "Vocabulary",
            ]
        ),
        .target(
            name: "Conversations",
            dependencies: ["Access", "AuditTrail", "Customers", "Redaction", "Sentiment", "Storage", "Vocabulary"]
        ),
        .testTarget(
            name: "ConversationsTests",
            dependencies: [
                "Access", "AuditTrail", "Conversations", "Customers", "Storage", "TestStores", "Vocabulary",
            ]
        ),
        .target(
            name: "Scripting",
            dependencies: [
                "Access", "AuditTrail", "Customers", "FEEL", "IEEEDecimal", "PhraseMatching", "Policies", "Redaction",
                "Spelling", "Storage", "StrictYAML", "Versioning", "Vocabulary",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "ScriptingTests",
            dependencies: [
                "Access", "AuditTrail", "Customers", "Policies", "Scripting", "Storage", "TestStores", "Versioning",
                "Vocabulary",
            ]
        ),
        .target(
            name: "Alerts",
            dependencies: [
                "Access", "AuditTrail", "Customers", "FEEL", "PhraseMatching", "Policies", "Redaction", "Storage",
                "StrictYAML", "Texts", "Versioning", "Vocabulary", .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "AlertsTests",
            dependencies: [
                "Access", "Alerts", "AuditTrail", "Policies", "Storage", "TestStores", "Texts", "Versioning",
                "Vocabulary",
            ]
        ),
        .target(
            name: "Resolution",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "Customers", "DMN", "Digests", "FEEL", "IEEEDecimal",
                "Policies", "Redaction", "Storage", "Timekeeping", "Vocabulary",
            ]
        ),
        .testTarget(
            name: "ResolutionTests",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "Customers", "DMN", "Policies", "Resolution",
                "Storage", "TestStores",
                "Timekeeping", "Versioning", "Vocabulary",
            ]
        ),
        .target(
            name: "WorkItems",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "Customers", "DMN", "Policies", "Redaction", "Storage",
                "StrictYAML", "Versioning", "Vocabulary", .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "WorkItemsTests",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "Policies", "Storage", "TestStores", "Versioning",
                "Vocabulary",
                "WorkItems",
            ]
        ),
        .target(
            name: "Assist",
            dependencies: [
                "Access", "Alerts", "BuiltInData", "Conversations", "DMN", "FEEL", "Knowledge", "Policies", "Sentiment",
                "Storage", "TextSearch", "Texts", "VectorIndex", "Vocabulary",
            ]
        ),
        .testTarget(
            name: "AssistTests",
            dependencies: [
                "Access", "Alerts", "Assist", "AuditTrail", "Conversations", "Knowledge", "PublicData", "Scripting",
                "Sentiment", "Storage", "TestStores", "TextSearch", "Texts", "Versioning", "Vocabulary",
            ]
        ),

        .target(
            name: "Measures",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "FEEL", "IEEEDecimal", "Spelling", "Storage", "StrictYAML",
                "Versioning", "Vocabulary",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "MeasuresTests",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "Measures", "Storage", "TestStores", "Versioning",
                "Vocabulary",
            ]
        ),

        // Deliveries to other systems.
        .target(
            name: "Webhooks",
            dependencies: [
                "Access", "AuditTrail", "Digests", "HTTPFetch", "Spelling", "Storage", "StrictYAML", "Versioning",
                "Vocabulary", .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Access", "AuditTrail", "Digests", "Storage", "TestStores", "Versioning", "Vocabulary", "Webhooks",
            ]
        ),

        .target(
            name: "Workflow",
            dependencies: [
                "Access", "Alerts", "Assist", "Conversations", "Customers", "Policies", "Resolution", "Scripting",
                "Storage", "Texts", "Timekeeping", "Vocabulary", "WorkItems",
            ]
        ),
        .testTarget(
            name: "WorkflowTests",
            dependencies: [
                "Access", "Alerts", "AuditTrail", "BusinessCalendar", "Conversations", "Customers", "Policies",
                "Resolution", "Scripting",
                "Storage", "TestStores", "Texts", "Timekeeping", "Versioning", "Vocabulary", "WorkItems",
                "Workflow",
            ]
        ),

        // People who sign in by an issuer.
        .target(
            name: "SignIn",
            dependencies: [
                "Access", "AuditTrail", "Digests", "HTTPFetch", "IdentityTokens", "Spelling", "Storage", "StrictYAML",
                "Versioning", "Vocabulary", .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "SignInTests",
            dependencies: [
                "Access", "AuditTrail", "IdentityTokens", "SampleIdentity", "SignIn", "Storage", "TestStores",
                "Versioning",
                "Vocabulary",
            ]
        ),

        // The wire.
        .target(name: "FrontlineProtocol", dependencies: ["JSONRPC", "Vocabulary"]),
        .testTarget(name: "FrontlineProtocolTests", dependencies: ["FrontlineProtocol", "JSONRPC", "Vocabulary"]),
        .target(
            name: "RPCServer",
            dependencies: [
                "Digests", "JSONRPC", "TLS", "Vocabulary", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "RPCServerTests",
            dependencies: [
                "FrontlineClient", "JSONRPC", "RPCServer", "TLS", "Vocabulary",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // Assistants.
        .target(
            name: "ModelContext",
            dependencies: [
                "BuiltInData", "FrontlineProtocol", "JSONRPC", "Spelling", "StrictYAML", "Vocabulary",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "ModelContextTests",
            dependencies: ["FrontlineProtocol", "JSONRPC", "ModelContext", "Vocabulary"]
        ),
        .target(
            name: "FrontlineService",
            dependencies: [
                "Access", "Alerts", "Assist", "AuditTrail", "BusinessCalendar", "Conversations", "Customers", "DMN",
                "FEEL", "FrontlineProtocol", "HTTPFetch", "JSONRPC", "Knowledge", "Measures", "ModelContext",
                "IdentityTokens", "ModelSupply", "Policies",
                "PostgresStorage", "RPCServer", "Redaction", "Resolution", "Scripting", "Sentiment", "SignIn",
                "SQLiteStorage",
                "Storage", "StrictYAML", "TextSearch", "Texts", "Timekeeping", "Versioning", "Vocabulary", "Webhooks",
                "WorkItems", "Workflow",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "FrontlineClient",
            dependencies: [
                "JSONRPC", "TLS", "Vocabulary", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "FrontlineServiceTests",
            dependencies: [
                "Access", "Alerts", "Assist", "AuditTrail", "Conversations", "FrontlineProtocol", "FrontlineService",
                "JSONRPC", "Knowledge", "Measures", "ModelContext", "ModelSupply", "PostgresStorage", "Resolution",
                "SampleIdentity", "SampleModels", "Scripting", "Sentiment", "SignIn", "Storage", "TestStores",
                "Vocabulary", "Webhooks",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // The invented history of the sample company.
        .target(
            name: "DemoHistory",
            dependencies: [
                "Access", "AuditTrail", "BuiltInData", "BusinessCalendar", "Digests", "FrontlineProtocol",
                "FrontlineService", "JSONRPC", "Measures", "Storage", "StrictYAML", "Vocabulary",
                .product(name: "Logging", package: "swift-log"), .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "DemoHistoryTests",
            dependencies: [
                "Access", "AuditTrail", "BusinessCalendar", "DemoHistory", "FrontlineProtocol", "FrontlineService",
                "JSONRPC", "Storage", "Vocabulary",
            ]
        ),
        .executableTarget(
            name: "Fuzzing",
            dependencies: [
                "Alerts", "BusinessCalendar", "DMN", "Digests", "FEEL", "IdentityTokens", "JSONRPC", "Knowledge",
                "LibXML",
                "Measures", "ModelContext", "ModelSupply", "RPCServer", "Redaction", "Scripting", "SentenceEncoder",
                "Sentiment", "SignIn", "TextSearch", "VectorIndex", "Vocabulary", "Webhooks", "WorkItems",
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "FrontlineBenchmark",
            dependencies: [
                "Access", "Assist", "AuditTrail", "BusinessCalendar", "Conversations", "FrontlineProtocol",
                "FrontlineService", "Knowledge", "Measures", "ModelSupply", "Policies", "Resolution", "Scripting",
                "SentenceEncoder", "SQLiteStorage", "Storage", "TextSearch", "Texts", "VectorIndex", "Versioning",
                "Vocabulary", "WorkItems",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(name: "RepositoryTests"),
        .testTarget(
            name: "FrontlineClientTests",
            dependencies: [
                "FrontlineClient", "JSONRPC", "Vocabulary", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "frontline",
            dependencies: [
                "Access", "Alerts", "AuditTrail", "BusinessCalendar", "DMN", "DemoHistory", "FrontlineClient",
                "FrontlineProtocol", "FrontlineService", "JSONRPC", "Knowledge", "Measures", "ModelContext",
                "ModelSupply", "Policies",
                "PostgresStorage", "Redaction", "Resolution", "Scripting", "SentenceEncoder", "Sentiment", "SignIn",
                "SQLiteStorage", "Storage", "TextSearch", "Texts", "Timekeeping", "Versioning", "Vocabulary",
                "Webhooks", "WorkItems",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
    ]
)

// `FRONTLINE_TESTS=StorageTests,RPCServerTests swift build --build-tests` builds these test targets and what they need, and
// nothing else: a sanitizer would take an hour for everything.
if let names = Context.environment["FRONTLINE_TESTS"] {
    let targets = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
    var needed: Set<String> = []
    var open = names.split(separator: ",").map(String.init)
    while let name = open.popLast() {
        guard let target = targets[name], needed.insert(name).inserted else { continue }
        for case .byNameItem(let dependency, _) in target.dependencies { open.append(dependency) }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}

// `#embed` needs C23.
package.cLanguageStandard = .gnu2x

let settings: [SwiftSetting] = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "InferIsolatedConformances",
    "NonisolatedNonsendingByDefault", "ImmutableWeakCaptures",
].map { .enableUpcomingFeature($0) }

for target in package.targets where target.type != .system && target.type != .plugin && target.type != .binary {
    target.swiftSettings = settings
}
