import Foundation

/// A file or folder that cannot be used, worded for the user who named it.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path as given.
    package let path: String
    /// What is wrong with the file or folder.
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(path): \(reason)" }
}

/// Lists and reads files given to commands and found by the server at start.
package enum SourceFiles {
    /// Expands paths to files: files themselves, and the matching files of folders, sorted by path and without
    /// duplicates.
    ///
    /// - Parameters:
    ///   - paths: files and folders.
    ///   - recursively: whether to include subfolders.
    ///   - matches: selects the files of a folder, by path.
    /// - Returns: the paths.
    /// - Throws: ``FileError`` for a path that does not exist, and for a folder that cannot be read.
    package static func list(
        _ paths: [String],
        recursively: Bool = false,
        matching matches: (_ path: String) -> Bool
    ) throws(FileError) -> [String] {
        var seen: Set<String> = []
        var result: [String] = []
        for path in paths {
            for file in try list(path, recursively, matches) where seen.insert(file).inserted { result.append(file) }
        }
        return result
    }

    private static func list(
        _ path: String,
        _ recursively: Bool,
        _ matches: (String) -> Bool
    ) throws(FileError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError(path: path, reason: "there is no such file or folder")
        }
        guard isFolder.boolValue else { return [path] }
        let names: [String]
        do {
            let manager = FileManager.default
            names =
                try recursively ? manager.subpathsOfDirectory(atPath: path) : manager.contentsOfDirectory(atPath: path)
        } catch {
            throw FileError(
                path: path,
                reason: "the folder cannot be read" + (ErrorText.systemReason(error).map { ": " + $0 } ?? "")
            )
        }
        return names.sorted().map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }.filter(matches)
    }

    /// Whether a file has the extension of YAML.
    package static func isYAML(_ path: String) -> Bool {
        let name = name(of: path)
        return !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }

    /// The last component of a path.
    package static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The last component of a path without its extension, which is the name of a policy file's policy.
    package static func stem(of path: String) -> String {
        let name = name(of: path)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The text of a file.
    ///
    /// - Throws: ``FileError`` if it does not exist, is a folder, is unreadable, or is not UTF-8.
    package static func text(_ path: String) throws(FileError) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError(path: path, reason: "there is no such file")
        }
        guard !isFolder.boolValue else { throw FileError(path: path, reason: "is a folder, expected a file") }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw FileError(
                path: path,
                reason: "cannot be read" + (ErrorText.systemReason(error).map { ": " + $0 } ?? "")
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw FileError(path: path, reason: "is not UTF-8 text")
        }
        return text
    }
}
