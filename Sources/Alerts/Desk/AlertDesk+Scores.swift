package import Storage
import Texts
import Vocabulary

/// Scores of what agents and others said among the evidence of alerts, which an earlier program kept.
extension AlertDesk {
    /// Takes the scores of others than customers out of some alerts and their log.
    ///
    /// - Parameters:
    ///   - number: looks at the alerts after this place in the order of alerts.
    ///   - limit: at how many at most.
    ///   - transaction: the one that does it.
    /// - Returns: the place of the last one; nil behind the last alert.
    /// - Throws: the store's error.
    package func removeAgentScores(
        after number: Int64,
        limit: Int,
        in transaction: WriteTransaction
    ) throws -> Int64? {
        let alerts = try AlertTable.all(after: number, limit: limit, in: transaction)
        for alert in alerts {
            guard let revised = Self.withoutAgentScores(alert) else { continue }
            try AlertTable.put(revised, in: transaction)
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                if let revised = Self.withoutAgentScores(event.alert) {
                    try AlertLog.replace(event, with: revised, in: transaction)
                }
            }
        }
        return alerts.last?.number
    }

    /// The alert without such evidence; nil where it has none.
    private static func withoutAgentScores(_ alert: Alert) -> Alert? {
        guard let evidence = alert.evidence, evidence.count <= alert.because.count else { return nil }
        let isKept = evidence.map { !isAgentScore($0) }
        guard isKept.contains(false) else { return nil }
        var alert = alert
        alert.because = alert.because.enumerated().filter { $0.offset >= isKept.count || isKept[$0.offset] }
            .map(\.element)
        alert.evidence = evidence.enumerated().filter { isKept[$0.offset] }.map(\.element)
        return alert
    }

    private static func isAgentScore(_ evidence: KeyedText) -> Bool {
        guard evidence.key == AlertTextKey.Evidence.turn, evidence.values["score"] != nil,
            case .name(_, let speaker)? = evidence.values["speaker"]
        else { return false }
        return speaker != Speaker.customer.rawValue
    }
}
