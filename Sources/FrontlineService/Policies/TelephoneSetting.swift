import Foundation
import Logging
import Redaction

/// Replaces the built-in telephone formats with those of the watched folder of rules, if it has any.
struct TelephoneSetting {
    private static let file = "telephones.yaml"

    let logger: Logger

    /// Reads `telephones.yaml` under `path`; a file with a mistake is logged and changes nothing.
    func run(path: String) {
        let file = URL(fileURLWithPath: path).appendingPathComponent(Self.file).path
        guard let bytes = FileManager.default.contents(atPath: file) else { return }
        do {
            TelephoneFormats.inForce = try TelephoneFormats(yaml: String(decoding: bytes, as: UTF8.self), file: file)
        } catch {
            logger.error("the telephone formats cannot be read and are unchanged", metadata: ["error": "\(error)"])
        }
    }
}
