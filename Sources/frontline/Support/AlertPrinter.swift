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
        let place = [alert.team, alert.agent, alert.conversationId].compactMap { $0.map(Self.plain) }
        let count = alert.count > 1 ? " (\(alert.count) times)" : ""
        let state = event.event == .raised ? "" : " " + event.event.rawValue
        Console.print(
            Console.dim("\(alert.updatedAt)") + " " + severity(alert.severity)
                + " " + Console.bold(Self.plain(alert.kind)) + state + count + ": " + Self.plain(alert.reason)
                + " " + Console.dim("[" + ([alert.alertId] + place).joined(separator: " ") + "]")
        )
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
