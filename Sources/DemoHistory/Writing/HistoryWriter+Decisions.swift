import Access
import FrontlineProtocol
import Vocabulary

/// Requests are decided, and what was granted is paid.
extension HistoryWriter {
    private static let (rejection, undecided) = (0.1, 0.04)
    private static let (unpaid, failedPayment) = (0.06, 0.015)
    /// Mean times until somebody decides, and until something is paid.
    private static let (decisionWait, paymentWait) = (260.0, 7 * 3_600.0)

    /// Requests something outside of a script.
    func request(_ run: ContactRun) async throws {
        guard run.isOpen, let request = run.plan.request else { return }
        let record = try await may(
            ResolutionRequest.self,
            members: [
                "idempotency_key": .string("\(run.plan.id)-1"), "action": .string(request.action),
                "reason": .string(request.reason), "conversation_id": .string(run.plan.id),
                "amount": ["amount": .string(request.amount), "currency": "EUR"],
                "reference": ["type": "order", "id": .string(run.plan.order)],
            ],
            as: try leader(of: run)
        )
        guard let record else { return }
        fingerprint.add("request \(number(of: record.resolutionId)) \(record.status.rawValue)")
        switch record.status {
        case .pending: planDecision(record.resolutionId, run, isDirect: true)
        case .approved: planSettlement(record.resolutionId, run)
        case .denied, .rejected, .cancelled, .expired: break
        }
    }

    func planDecision(_ resolution: String, _ run: ContactRun, isDirect: Bool) {
        guard !run.dice.chance(Self.undecided) else { return }
        agenda.add(
            .decide(run, resolution: resolution, isDirect: isDirect),
            at: later(30 + run.dice.wait(Self.decisionWait))
        )
    }

    /// A lead of the team decides, as far as the lead's own authority reaches.
    func decide(_ run: ContactRun, _ resolution: String, isDirect: Bool) async throws {
        guard let lead = somebody(of: run.plan.team, .lead, &run.dice), let principal = principals[lead] else { return }
        var record: ResolutionRecord?
        if !run.dice.chance(Self.rejection) {
            let note = run.dice.pick(plan.story.approvals)
            record = try await may(
                ResolutionApprove.self,
                members: ["resolution_id": .string(resolution), "note": .string(note)],
                as: principal
            )
        }
        if record == nil {
            let note = run.dice.pick(plan.story.rejections)
            record = try await may(
                ResolutionReject.self,
                members: ["resolution_id": .string(resolution), "note": .string(note)],
                as: principal
            )
        }
        guard let record else { return }
        fingerprint.add("decision \(number(of: resolution)) \(record.status.rawValue)")
        if isDirect {
            if record.status == .approved { planSettlement(resolution, run) }
        } else {
            try await resumeScript(run)
        }
    }

    func planSettlement(_ resolution: String, _ run: ContactRun) {
        guard !run.dice.chance(Self.unpaid) else { return }
        let result: SettlementResult = run.dice.chance(Self.failedPayment) ? .failed : .done
        agenda.add(
            .settle(resolution: resolution, result),
            at: later(600 + run.dice.wait(Self.paymentWait))
        )
    }

    func settle(_ resolution: String, _ result: SettlementResult) async throws {
        let done = try await may(
            ResolutionSettle.self,
            members: [
                "resolution_id": .string(resolution), "result": .string(result.rawValue),
                "reference": .string("PAY-\(number(of: resolution))"),
            ],
            as: payments
        )
        fingerprint.add("settlement \(number(of: resolution)) \(done == nil ? "refused" : result.rawValue)")
    }

    /// The number of a resolution in the order in which the writer has heard of them: ids follow from a secret of the store, which is
    /// another one in each.
    private func number(of resolution: String) -> Int {
        if let known = resolutions[resolution] { return known }
        resolutions[resolution] = resolutions.count + 1
        return resolutions.count
    }
}
