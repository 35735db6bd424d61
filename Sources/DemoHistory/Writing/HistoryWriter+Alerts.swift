import Access
import FrontlineProtocol
import Vocabulary

/// Leads hear of alerts, look at them and end them.
extension HistoryWriter {
    private static let (attention, replies) = (0.86, 0.14)
    /// Mean times in seconds until somebody looks, and until the alert is over.
    private static let (attentionWait, endWait) = (85.0, 420.0)
    private static let outcomes: [(outcome: AlertOutcome, share: Double)] = [
        (.helped, 0.62), (.noAction, 0.28), (.falseAlarm, 0.1),
    ]
    /// How many live alerts a lead goes through at once.
    private static let roundLimit = 100
    /// What is younger is left to those whom it has just reached.
    private static let roundAge: Int64 = 600_000_000

    /// A new alert of a contact: mostly, a lead of the team looks at it.
    func heed(_ alert: String, of run: ContactRun) {
        report.alerts += 1
        guard run.dice.chance(Self.attention), let lead = somebody(of: run.plan.team, .lead, &run.dice) else { return }
        let wait = 12 + run.dice.wait(Self.attentionWait)
        agenda.add(.acknowledge(run, alert: alert, lead: lead), at: later(wait))
    }

    func acknowledge(_ run: ContactRun, _ alert: String, _ lead: Int) async throws {
        guard let principal = principals[lead] else { return }
        let done = try await may(AlertsAcknowledge.self, .init(alertIds: [alert]), as: principal)
        guard done != nil else { return }
        if run.dice.chance(Self.replies) {
            agenda.add(.reply(run, alert: alert, lead: lead), at: later(Double(run.dice.within(5...40))))
        }
        let outcome = Self.outcomes[run.dice.index(Self.outcomes.map(\.share))].outcome
        agenda.add(.resolve(alert: alert, lead: lead, outcome), at: later(45 + run.dice.wait(Self.endWait)))
    }

    func reply(_ run: ContactRun, _ alert: String, _ lead: Int) async throws {
        guard run.isOpen, let principal = principals[lead] else { return }
        let text = run.dice.pick(plan.story.replies)
        _ = try await may(
            AlertsReply.self,
            members: ["alert_id": .string(alert), "text": .string(text)],
            as: principal
        )
    }

    func resolve(_ alert: String, _ lead: Int, _ outcome: AlertOutcome) async throws {
        guard let principal = principals[lead] else { return }
        let done = try await may(AlertsResolve.self, .init(alertIds: [alert], outcome: outcome), as: principal)
        fingerprint.add("\(alert) \(done == nil ? "refused" : outcome.rawValue)")
    }

    /// Leads go through what is open: alerts about work, escalations of scripts, surges, and those nobody has looked at.
    func round(_ day: Int64) async throws {
        for (number, person) in plan.roster.people.enumerated() where person.job == .lead {
            guard let principal = principals[number] else { continue }
            let open = try await must(AlertsList.self, .init(status: .open, limit: Self.roundLimit), as: principal)
            // A request is decided, not acknowledged.
            let due = open.alerts.filter {
                $0.kind != "approval" && $0.raisedAt.microseconds < clock.now - Self.roundAge
            }
            guard !due.isEmpty else { continue }
            let ids = due.map(\.alertId)
            guard try await may(AlertsAcknowledge.self, .init(alertIds: ids), as: principal) != nil else { continue }
            for (offset, id) in ids.enumerated() {
                agenda.add(.resolve(alert: id, lead: number, .helped), at: later(Double(120 + 30 * offset)))
            }
            fingerprint.add("round \(day) \(ids.count)")
        }
    }
}
