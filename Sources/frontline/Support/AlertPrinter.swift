import Foundation
import FrontlineProtocol
import JSONRPC

/// Prints what happens to alerts: a line for people, or a line of JSON for programs.
struct AlertPrinter: Sendable {
    /// In which zone people read times.
    enum Times: Sendable {
        case local
        case utc
    }

    let isJSON: Bool
    let times: Times

    /// Prints one event.
    func show(_ event: AlertsEvent.Params) {
        guard !isJSON else {
            if let alert = try? JSONEncoding.encode(event.alert) {
                let line: JSON = [
                    "cursor": .string(event.cursor), "event": .string(event.event.rawValue), "alert": alert,
                ]
                Console.print(line.text)
            }
            return
        }
        let alert = event.alert
        let count = alert.count > 1 ? " (\(alert.count) times)" : ""
        let state = event.event == .raised ? "" : " " + event.event.rawValue
        Console.print(
            Console.dim(time(alert.updatedAt)) + " " + severity(alert.severity)
                + " " + Console.bold(Self.plain(alert.kind)) + state + count + ": " + Self.plain(alert.reason)
                + " " + Console.dim("[" + Self.place(of: alert).joined(separator: ", ") + "]")
        )
    }

    /// Where an alert belongs and who has it, without what would steer a terminal.
    private static func place(of alert: AlertMessage) -> [String] {
        let customer = alert.customerId.map { id in
            "customer \(plain(id))" + (alert.segment.map { " (\(plain($0)))" } ?? "")
        }
        return [
            alert.alertId,
            alert.team.map { "team \(plain($0))" },
            alert.agent.map { "agent \(plain($0))" },
            customer,
            alert.conversationId.map { "contact \(plain($0))" },
            alert.owner.map { "taken by \(plain($0))" },
            alert.outcome.map { "outcome \($0.rawValue)" },
        ].compactMap(\.self)
    }

    private func time(_ timestamp: Timestamp) -> String {
        switch times {
        case .utc: return "\(timestamp)"
        case .local:
            let date = Date(timeIntervalSince1970: Double(timestamp.microseconds) / 1_000_000)
            return Date.ISO8601FormatStyle(
                dateTimeSeparator: .space,
                timeZoneSeparator: .colon,
                timeZone: .current
            ).format(date)
        }
    }

    /// Without what would steer a terminal.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.unicodeScalars.contains { $0.value < 32 || (127...159).contains($0.value) } ? " " : $0 })
    }

    private func severity(_ severity: AlertSeverity) -> String {
        let text = severity.rawValue
        guard Console.hasColors else { return text }
        let color =
            switch severity {
            case .info: 36
            case .warning: 33
            case .critical: 31
            }
        return "\u{1B}[\(color)m\(text)\u{1B}[0m"
    }
}
