import Alerts
package import Foundation
import Texts

/// The files of a folder of rules that are published, and the names under which the wire knows them.
///
/// | file | name |
/// |---|---|
/// | `NAME.dmn` | `NAME` |
/// | `signals.yaml` | `signals` |
/// | `texts/LOCALE.yaml` | `texts.LOCALE` |
package enum RuleFile {
    /// The folder of texts in a folder of rules.
    package static let textFolder = "texts"

    /// The name of a file; nil when it is none of these.
    package static func name(of file: URL) -> String? {
        let stem = file.deletingPathExtension().lastPathComponent
        switch file.pathExtension {
        case "dmn": return stem
        case "yaml" where isText(file): return TextCatalog.prefix + stem
        case "yaml" where stem == SignalStore.name: return stem
        default: return nil
        }
    }

    /// Whether a file holds texts: it lies in a folder of this name.
    package static func isText(_ file: URL) -> Bool {
        file.pathExtension == "yaml" && file.deletingLastPathComponent().lastPathComponent == textFolder
    }

    /// The files of a folder of rules that have a name, in the order of their paths; of a folder of texts, the texts.
    ///
    /// - Throws: Foundation's error for a folder that cannot be read.
    package static func files(in folder: URL) throws -> [URL] {
        let manager = FileManager.default
        let texts = folder.appendingPathComponent(textFolder)
        let own = try manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let others =
            manager.fileExists(atPath: texts.path)
            ? try manager.contentsOfDirectory(at: texts, includingPropertiesForKeys: nil) : []
        return (own + others).filter { name(of: $0) != nil }.sorted { $0.path < $1.path }
    }
}
