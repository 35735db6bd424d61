import Alerts
import BusinessCalendar
package import Foundation
import Measures
import Scripting
import SignIn
import Texts
import Webhooks
import WorkItems

/// The published files of a folder of rules, and their names on the wire.
///
/// | file | name |
/// |---|---|
/// | `NAME.dmn` | `NAME` |
/// | `signals.yaml` | `signals` |
/// | `extractors.yaml` | `extractors` |
/// | `calendar.yaml` | `calendar` |
/// | `work.yaml` | `work.kinds` |
/// | `tools.yaml` | `tools` |
/// | `webhooks.yaml` | `webhooks` |
/// | `sign-in.yaml` | `sign-in` |
/// | `texts/LOCALE.yaml` | `texts.LOCALE` |
/// | `measures/NAME.yaml` | `measures.NAME` |
package enum RuleFile {
    /// The folder of texts in a folder of rules.
    package static let textFolder = "texts"
    /// The folder of measures in a folder of rules.
    package static let measureFolder = "measures"

    /// The names of files that are published under them.
    private static let lists = [
        SignalStore.name, ExtractorStore.name, CalendarStore.name, ToolBookStore.name, WebhookStore.name,
        SignInStore.name,
    ]

    /// The name of a file; nil if it is none of these.
    package static func name(of file: URL) -> String? {
        let stem = file.deletingPathExtension().lastPathComponent
        switch file.pathExtension {
        case "dmn": return stem
        case "yaml" where isText(file): return TextCatalog.prefix + stem
        case "yaml" where stem == WorkKindStore.fileStem: return WorkKindStore.name
        case "yaml" where isMeasure(file): return MeasureStore.prefix + stem
        case "yaml" where lists.contains(stem): return stem
        default: return nil
        }
    }

    /// Whether a file contains texts, which depends on the name of its folder.
    package static func isText(_ file: URL) -> Bool { isYAML(file, in: textFolder) }

    /// Whether a file defines a measure, which depends on the name of its folder.
    package static func isMeasure(_ file: URL) -> Bool { isYAML(file, in: measureFolder) }

    private static func isYAML(_ file: URL, in folder: String) -> Bool {
        file.pathExtension == "yaml" && file.deletingLastPathComponent().lastPathComponent == folder
    }

    /// The name of the file at a path; nil if it is none of these.
    package static func name(of path: String) -> String? { name(of: URL(fileURLWithPath: path)) }

    /// Expands paths to files: files themselves, and the published files in folders of rules, without duplicates.
    ///
    /// The calendar comes last, so that its freezes do not hold for what is published with it.
    ///
    /// - Throws: ``FileError`` for a path that does not exist, and for a folder that cannot be read.
    package static func list(_ paths: [String]) throws(FileError) -> [String] {
        let places = paths.flatMap { path in
            let folders = [textFolder, measureFolder].map { (path.hasSuffix("/") ? path : path + "/") + $0 }
            return [path] + folders.filter { FileManager.default.fileExists(atPath: $0) }
        }
        let files = try SourceFiles.list(places) { name(of: $0) != nil }
        return files.filter { !isCalendar($0) } + files.filter(isCalendar)
    }

    /// Whether a path is that of a calendar.
    static func isCalendar(_ path: String) -> Bool { name(of: path) == CalendarStore.name }
}
