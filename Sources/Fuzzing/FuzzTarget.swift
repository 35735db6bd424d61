import Foundation

/// One reader of bytes that is fuzzed.
struct FuzzTarget: Sendable {
    /// Its name on the command line.
    let name: String
    /// Valid inputs to begin with, from the folder of the project.
    let corpus: @Sendable (URL) -> [[UInt8]]
    /// Reads an input to the end; what is wrong with the input is answered, never met by ending the process.
    let read: @Sendable ([UInt8]) -> Void

    /// Every target, in the order in which they are run.
    static let all = [
        lines, json, dispatcher, feel, unaryTests, dmn, testCases, scripts, articles, archives, wikitext, mappings,
        signals,
        index, texts,
    ]

    /// The files below a folder whose names end in one of these.
    static func files(_ root: URL, _ folder: String, _ suffixes: [String]) -> [[UInt8]] {
        let walker = FileManager.default.enumerator(
            at: root.appendingPathComponent(folder),
            includingPropertiesForKeys: nil
        )
        let urls = (walker?.compactMap { $0 as? URL } ?? []).filter { url in
            suffixes.contains { url.lastPathComponent.hasSuffix($0) }
        }
        // In a fixed order, so that a number means the same input everywhere.
        return urls.sorted { $0.path < $1.path }.compactMap { try? Array(Data(contentsOf: $0)) }
    }

    /// A broken promise of a reader.
    static func require(_ condition: Bool, _ promise: String) {
        precondition(condition, promise)
    }
}
