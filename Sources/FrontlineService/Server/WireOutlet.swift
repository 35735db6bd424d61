import Alerts
import FrontlineProtocol
import Logging
import Resolution
import Scripting
import Storage
import Texts
import Vocabulary
import WorkItems
import Workflow

/// Tells of what happened as the wire has it, and counts it.
struct WireOutlet: EventOutlet {
    let sentences: ResolutionSentences
    let meter: CapabilityMeter
    let logger = Logger(label: "frontline")

    func data(of grant: Grant) async throws -> JSON { try JSONEncoding.encode(await sentences.record(grant)) }

    func data(of grant: Grant, in transaction: WriteTransaction) throws -> JSON {
        try JSONEncoding.encode(sentences.record(grant, in: transaction))
    }

    func data(of session: ScriptSession) throws -> JSON { try JSONEncoding.encode(ScriptSessionState(session)) }

    func data(of alert: Alert, in texts: TextSet?) throws -> JSON {
        try JSONEncoding.encode(AlertMessage(alert, in: texts))
    }

    func data(of reply: Alert.Reply, to alert: Alert) throws -> JSON {
        var data = try JSONEncoding.encode(AlertReply(reply)).object ?? [:]
        data["alert_id"] = .string(alert.id)
        return .object(data)
    }

    func count(_ event: DomainEvent) {
        switch event {
        case .grant(let change):
            let status = change.grant.settlement?.result.rawValue ?? change.grant.status.rawValue
            meter.count(.resolutions, [("status", status)])
        case .work(.changed(let item, let entry)), .work(.late(let item, let entry, _)):
            meter.count(.workEvents, [("event", entry.event.rawValue), ("kind", item.kind)])
        case .alert, .conversation, .session: break
        }
    }

    func report(_ error: any Error, after event: DomainEvent) {
        logger.error("what follows an event could not be done", metadata: ["error": "\(ErrorText.line(error))"])
    }
}

extension CapabilityMeter.Figure {
    static let resolutions = Self("frontline_resolutions_total")
    static let workEvents = Self("frontline_work_events_total")
}
