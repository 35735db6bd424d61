import Foundation
import FrontlineProtocol
import Vocabulary

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
                    "cursor": .string("\(event.cursor)"), "event": .string(event.event.rawValue), "alert": alert,
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
                + " " + Console.bold(alert.kind) + state + count + ": " + alert.reason
                + " " + Console.dim("[" + Self.place(of: alert).joined(separator: ", ") + "]")
        )
    }

    /// Where an alert belongs and who has it, in the order of interest.
    private static func place(of alert: AlertMessage) -> [String] {
        let customer = alert.customerId.map { id in
            "customer \(id)" + (alert.segment.map { " (\($0))" } ?? "")
        }
        return [
            alert.alertId,
            alert.team.map { "team \($0)" },
            alert.agent.map { "agent \($0)" },
            customer,
            alert.conversationId.map { "contact \($0)" },
            alert.owner.map { "taken by \($0)" },
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

    private func severity(_ severity: Severity) -> String {
        let style: TerminalText.Style =
            switch severity {
            case .info: .cyan
            case .warning: .yellow
            case .critical: .red
            }
        return TerminalText.styled(severity.rawValue, style)
    }
}
