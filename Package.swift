// swift-tools-version: 6.2
import PackageDescription

/// One line a module: its name and what it may import. The table in ARCHITECTURE.md says the same and a
/// repository test holds the two together.
let package = Package(
    name: "frontline",
    platforms: [.macOS(.v15)],
    products: [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.0.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.0.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.0.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
    ],
    targets: [
        // Ground floor: know nothing of the product.
        .target(
            name: "Storage",
            dependencies: [.product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto")]
        ),
        .testTarget(name: "StorageTests", dependencies: ["Storage"]),
        // Shared by the capabilities.
        .target(name: "AuditTrail", dependencies: ["Storage"]),
        .testTarget(name: "AuditTrailTests", dependencies: ["AuditTrail", "Storage"]),
        .target(name: "Access", dependencies: ["AuditTrail", "Storage"]),
        .testTarget(name: "AccessTests", dependencies: ["Access", "AuditTrail", "Storage"]),
        .target(name: "Versioning", dependencies: ["Storage"]),
        .testTarget(name: "VersioningTests", dependencies: ["Storage", "Versioning"]),
    ]
)

let settings: [SwiftSetting] = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "InferIsolatedConformances",
    "NonisolatedNonsendingByDefault", "ImmutableWeakCaptures",
].map { .enableUpcomingFeature($0) }

for target in package.targets where target.type != .system && target.type != .plugin && target.type != .binary {
    target.swiftSettings = settings
}
