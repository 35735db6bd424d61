import Foundation
package import HTTPFetch

/// One document an import will read.
package enum ImportItem: Hashable, Sendable {
    case file(path: String)
    case address(String)

    /// The name in reports; of an address, without its credentials.
    package var name: String {
        switch self {
        case .file(let path): path
        case .address(let address): HTTPFetcher.withoutSecrets(address)
        }
    }
}

/// Turns the files, folders and addresses that a user names into the documents to read.
package enum ImportSource {
    /// The extensions of files read from folders; a file named directly may have any extension.
    package static let endings: Set<String> = ["xml", "page", "dita", "rss", "atom", "zip"]
    private static let maximumFiles = 1_000_000
    private static let maximumDepth = 64

    /// The documents in the order of the names, those of a folder sorted by path, without duplicates.
    ///
    /// Folders are searched to a depth of 64; hidden files and folders, and links to folders, are skipped.
    ///
    /// - Parameter names: Paths, and `http` or `https` addresses.
    /// - Returns: The documents, and a failure for each name that does not lead to any.
    package static func documents(of names: [String]) -> (items: [ImportItem], failures: [ImportFailure]) {
        var items: [ImportItem] = []
        var seen: Set<ImportItem> = []
        var failures: [ImportFailure] = []
        for name in names {
            do throws(ArticleError) {
                for item in try documents(of: name) where seen.insert(item).inserted { items.append(item) }
            } catch {
                let shown = HTTPFetcher.withoutSecrets(name)
                failures.append(ImportFailure(record: "document", file: shown, line: 0, error: error))
            }
        }
        return (items, failures)
    }

    private static func documents(of name: String) throws(ArticleError) -> [ImportItem] {
        if HTTPFetcher.isAddress(name) { return [.address(name)] }
        if let scheme = name.firstRange(of: "://"), !name[..<scheme.lowerBound].contains("/") {
            throw ArticleError(.fetch, "only http and https addresses can be imported")
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
            throw ArticleError(.xml, "there is no such file or folder")
        }
        guard isFolder.boolValue else {
            guard isRegularFile(name) else { throw ArticleError(.xml, "is neither a file nor a folder") }
            return [.file(path: name)]
        }
        var paths: [String] = []
        try walk(name, into: &paths)
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .file(path: $0) }
    }

    /// Whether a path leads to a regular file; reading a pipe or a device may never end.
    private static func isRegularFile(_ path: String) -> Bool {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
        return type == .typeRegular
    }

    private static func walk(_ folder: String, into paths: inout [String]) throws(ArticleError) {
        var open = [(path: folder, depth: 0)]
        while let (path, depth) = open.popLast() {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw ArticleError(.xml, "the folder '\(path)' cannot be read")
            }
            for name in names where !name.hasPrefix(".") {
                let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
                let type = (try? FileManager.default.attributesOfItem(atPath: inner))?[.type] as? FileAttributeType
                if type == .typeDirectory {
                    if depth < maximumDepth { open.append((inner, depth + 1)) }
                } else if let dot = name.lastIndex(of: "."),
                    endings.contains(name[name.index(after: dot)...].lowercased()), isRegularFile(inner)
                {
                    guard paths.count < maximumFiles else {
                        throw ArticleError(.xml, "the folder holds more than \(maximumFiles) documents")
                    }
                    paths.append(inner)
                }
            }
        }
    }

    /// Opens a document, downloading it to a temporary file if it is remote.
    ///
    /// - Parameters:
    ///   - item: The document.
    ///   - fetcher: Performs the download within its limits.
    /// - Returns: The input, whose `name` in reports is ``ImportItem/name``, and a function to call after reading,
    ///   which removes the temporary file.
    /// - Throws: ``ArticleError`` with code `fetch` when the download fails.
    package static func open(
        _ item: ImportItem,
        fetcher: HTTPFetcher
    ) throws(ArticleError) -> (input: ArticleInput, close: @Sendable () -> Void) {
        guard case .address(let address) = item else { return (.file(path: item.name), {}) }
        let file = "frontline-\(UUID().uuidString).xml"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(file).path
        let close: @Sendable () -> Void = { try? FileManager.default.removeItem(atPath: path) }
        do {
            _ = try fetcher.download(address, to: path)
        } catch {
            close()
            throw ArticleError(.fetch, error.message)
        }
        return (.download(path: path, name: item.name), close)
    }
}
