import Foundation

/// The tree that this test stands in.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The modules, which are the folders of `Sources`.
    static func modules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
            .filter { !$0.hasPrefix(".") }
            .sorted()
    }

    /// The Swift files below a folder.
    static func swiftFiles(_ folder: String) -> [URL] {
        let start = root.appendingPathComponent(folder)
        let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }

    /// The modules that the Swift files below a folder import.
    static func imports(of folder: String) throws -> Set<String> {
        var imported: Set<String> = []
        for file in swiftFiles(folder) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            where line.utf8.count < 80 && !line.hasPrefix(" ") {
                let words = line.split(separator: " ")
                guard let position = words.firstIndex(of: "import"), position <= 2, words.count == position + 2
                else { continue }
                imported.insert(String(words[position + 1]))
            }
        }
        return imported
    }
}
