import Foundation

/// A reader of bytes to fuzz.
struct FuzzTarget: Sendable {
    /// Its name on the command line.
    let name: String
    /// Valid inputs to start from, given the project's folder.
    let corpus: @Sendable (URL) -> [[UInt8]]
    /// Reads an input completely; invalid input must be reported and never end the process.
    let read: @Sendable ([UInt8]) -> Void

    /// Every target, in the order in which they are run.
    static let all = [
        lines, frames, heads, json, dispatcher, feel, unaryTests, dmn, testCases, scripts, articles, archives, wikitext,
        mappings,
        signals, extractors, said, calendar, work, webhooks, signIn, measures, assistants, tools,
        identityTokens, keySets, forms,
        index, texts, weights, encoderConfiguration, tokenizer, convertedModel, wheel, storedVectors,
        vectors, passages,
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
        // Sort them, so that a number means the same input on every machine.
        return urls.sorted { $0.path < $1.path }.compactMap { try? Array(Data(contentsOf: $0)) }
    }

    /// Ends the process if a reader breaks a guarantee.
    static func require(_ condition: Bool, _ promise: String) {
        precondition(condition, promise)
    }
}
