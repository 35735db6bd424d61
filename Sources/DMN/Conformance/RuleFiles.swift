import Foundation

/// Finds and reads the files of models and tests.
final class RuleFiles {
    /// How large a file may be.
    static let maximumSize = 64 << 20

    private var namespaces: [String: [String: String]] = [:]

    /// The bytes of a file; nil when it cannot be read or is too large.
    static func contents(of path: String) -> [UInt8]? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, size <= maximumSize else {
            return nil
        }
        return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }

    /// The first bytes of a file as text, enough to tell what kind of document it is; empty when it cannot be read.
    static func beginning(of path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        return String(decoding: (try? handle.read(upToCount: 4_096)) ?? Data(), as: UTF8.self)
    }

    /// The folders in a folder, sorted; hidden ones are left out.
    static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map { join(folder, $0) }.filter { isFolder($0) == true }
    }

    /// Whether two paths name the same file.
    static func isSame(_ left: String, _ right: String) -> Bool {
        let paths = [left, right].map { URL(fileURLWithPath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
        return paths[0] == paths[1]
    }

    /// Whether a path is a folder; nil when nothing is there.
    static func isFolder(_ path: String) -> Bool? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return nil
        }
        return isFolder.boolValue
    }

    /// The files below a folder with an extension, sorted by path; hidden ones are left out.
    static func files(below folder: String, extension wanted: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            name.hasSuffix(".\(wanted)") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        .sorted()
        .map { join(folder, $0) }
    }

    /// The files of a folder itself with an extension, sorted.
    static func files(in folder: String, extension wanted: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.filter { $0.hasSuffix(".\(wanted)") && !$0.hasPrefix(".") }.sorted().map { join(folder, $0) }
    }

    /// A path of a name in a folder.
    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// The folder of a path; empty for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else {
            return ""
        }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name of a file without its folders.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder around a folder; the empty path is the current folder.
    static func parent(of folder: String) -> String {
        let last = folder.split(separator: "/").last ?? ""
        if folder.isEmpty || last == "." || last == ".." {
            return join(folder, "..")
        }
        let parent = self.folder(of: folder)
        return parent.isEmpty ? "." : parent
    }

    /// Finds imported models: by the location the import names, or else by namespace in the importer's folder.
    ///
    /// Locations are taken as names of files in the folder of the importing model; nothing outside it is read.
    func load(_ wanted: ModelImport, importer: String) -> ModelSource? {
        let folder = RuleFiles.folder(of: importer)
        if let location = wanted.locationURI, let name = location.split(separator: "/").last {
            let path = RuleFiles.join(folder, String(name))
            if let bytes = RuleFiles.contents(of: path), RuleFiles.namespace(of: bytes) == wanted.namespace {
                return ModelSource(bytes: bytes, file: path)
            }
        }
        guard let path = namespaces(of: folder)[wanted.namespace], let bytes = RuleFiles.contents(of: path) else {
            return nil
        }
        return ModelSource(bytes: bytes, file: path)
    }

    private func namespaces(of folder: String) -> [String: String] {
        if let known = namespaces[folder] {
            return known
        }
        var found: [String: String] = [:]
        for path in RuleFiles.files(in: folder, extension: "dmn") {
            if let bytes = RuleFiles.contents(of: path), let namespace = RuleFiles.namespace(of: bytes),
                found[namespace] == nil
            {
                found[namespace] = path
            }
        }
        namespaces[folder] = found
        return found
    }

    private static func namespace(of bytes: [UInt8]) -> String? {
        (try? DecisionModel.read(bytes))?.model.namespace
    }
}
