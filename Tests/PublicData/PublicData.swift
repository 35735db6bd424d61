package import Foundation

/// The public test data that some suites need: conformance suites, question sets, collections of articles.
///
/// A suite over them is skipped only where the whole folder is absent and nobody names one. Where it is there, or named,
/// every such suite runs, and one whose part of the data is missing fails.
package enum PublicData {
    /// A part of the data that should be there.
    package struct Missing: Error, CustomStringConvertible {
        package let path: String
        package var description: String { "the public test data have no \(path)" }
    }

    /// The folder: FRONTLINE_DATA, else `../shared/data` beside the checkout.
    package static let folder: URL = {
        if let named { return URL(fileURLWithPath: named) }
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.deletingLastPathComponent().appendingPathComponent("shared/data")
    }()

    /// Whether suites over public data run: the folder is there, or somebody says that it is.
    package static let isExpected = named != nil || FileManager.default.fileExists(atPath: folder.path)

    /// What a skipped suite says.
    package static let absence = "needs the public test data folder (FRONTLINE_DATA)"

    private static let named = ProcessInfo.processInfo.environment["FRONTLINE_DATA"]

    /// A file or folder of the data.
    ///
    /// - Throws: ``Missing`` where it is not there.
    package static func url(_ path: String) throws -> URL {
        let url = folder.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw Missing(path: url.path) }
        return url
    }

    /// The bytes of a file.
    package static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: url(path))) }

    /// The text of a file; what is no UTF-8 is replaced.
    package static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// The names in a folder, sorted.
    package static func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url(path).path).sorted()
    }
}
