import Foundation
import Logging
import Metrics
package import RPCServer
import Storage
import Vocabulary

/// Sets up logging and metrics, once for each process.
package enum ProcessSetup {
    /// Sends log lines to standard error, as text or as one JSON object per line, and collects metrics in a registry.
    ///
    /// Call it once per process.
    package static func bootstrap(_ configuration: FrontlineConfiguration) -> PrometheusRegistry {
        let (format, level) = (configuration.logFormat, configuration.logLevel)
        LoggingSystem.bootstrap { label in
            switch format {
            case .text:
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = level
                return handler
            case .json: return JSONLogHandler(label: label, logLevel: level)
            }
        }
        // Several servers of one store are told apart.
        let labels = configuration.store.engine == .postgresql ? [("node", NodeName.own)] : []
        let registry = PrometheusRegistry(labels: labels)
        MetricsSystem.bootstrap(registry)
        return registry
    }
}

/// Writes every entry as a JSON object on a line of standard error.
private struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var object: JSONObject = [
            "time": .string(Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))),
            "level": .string(event.level.rawValue),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
            $0.key < $1.key
        }) {
            object[key] = .string("\(value)")
        }
        var line: [UInt8] = []
        JSON.object(object).serialize(into: &line)
        line.append(UInt8(ascii: "\n"))
        // Where the log itself cannot be written, there is nowhere to say so.
        try? FileHandle.standardError.write(contentsOf: Data(line))
    }
}

/// The version and description of the product.
package enum ProductVersion {
    /// The version of the program.
    package static let text = "0.1.0"
    /// The version of the protocol.
    package static let wireProtocol = "1"
    /// The purpose of the product in one sentence.
    package static let summary = "The backend behind a contact-centre agent while a customer is on the line."
}
