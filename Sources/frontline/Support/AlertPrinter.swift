import FrontlineProtocol
import JSONRPC

/// Prints what happens to alerts: a line for people, or a line of JSON for programs.
struct AlertPrinter: Sendable {
    let isJSON: Bool

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
        let place = [alert.team, alert.agent, alert.conversationId].compactMap(\.self)
        let count = alert.count > 1 ? " (\(alert.count) times)" : ""
        let state = event.event == .raised ? "" : " " + event.event.rawValue
        Console.print(
            Console.dim("\(alert.updatedAt)") + " " + severity(alert.severity)
                + " " + Console.bold(alert.kind) + state + count + ": " + alert.reason
                + " " + Console.dim("[" + ([alert.alertId] + place).joined(separator: " ") + "]")
        )
    }

    private func severity(_ severity: AlertSeverity) -> String {
        let style: TerminalText.Style =
            switch severity {
            case .info: .cyan
            case .warning: .yellow
            case .critical: .red
            }
        return TerminalText.styled(severity.rawValue, style)
    }
}
