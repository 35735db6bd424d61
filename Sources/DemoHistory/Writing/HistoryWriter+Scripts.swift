import Access
import Foundation
import FrontlineProtocol
import Vocabulary

/// Agents follow scripts: they enter what customers say and what they do.
extension HistoryWriter {
    /// A script of the samples has no more steps on any way.
    private static let maximumSteps = 40
    /// The steps for which a contact leaves room between the beginning of its script and its own end.
    private static let usualSteps = 14
    private static let (acceptance, failedAct, givenOrder) = (0.85, 0.015, 0.35)
    /// Between the last steps of a script, when the contact is about to end.
    private static let haste: Int64 = 1_000_000

    func startScript(_ run: ContactRun) async throws {
        guard run.isOpen, let script = run.plan.script else { return }
        let context: JSON? = run.dice.chance(Self.givenOrder) ? ["order": .string(run.plan.order)] : nil
        let state = try await must(
            ScriptStart.self,
            .init(scriptId: script.id, conversationId: run.plan.id, locale: run.plan.locale, context: context),
            as: try leader(of: run)
        )
        report.sessions += 1
        note(state, of: run)
        goOn(run)
    }

    /// Takes the next step of a script, and plans the one after it.
    func advance(_ run: ContactRun) async throws {
        guard try await step(run) else { return }
        goOn(run)
    }

    /// Ends the script of a contact that is about to end, as far as it does not wait for a decision.
    func endScript(_ run: ContactRun) async throws {
        while try await step(run) { clock.advance(to: clock.now + Self.haste) }
    }

    /// Goes on with a script after a decision for which it has waited; the contact may have ended.
    func resumeScript(_ run: ContactRun) async throws {
        guard let session = run.session, session.status == .waiting, let agent = principals[run.agent] else { return }
        let state = try await may(ScriptStateGet.self, .init(sessionId: session.sessionId), as: agent)
        guard let state else { return }
        note(state, of: run)
        goOn(run)
    }

    private func goOn(_ run: ContactRun) {
        guard run.session?.status == .active else { return }
        let end = run.moment(run.plan.seconds)
        let gap = max(Self.haste, (end - run.moment(run.plan.script?.second ?? 0)) / Int64(Self.usualSteps))
        agenda.add(.advance(run), at: clock.now + gap)
    }

    /// Takes one step.
    ///
    /// - Returns: whether there is another one that the agent can take.
    private func step(_ run: ContactRun) async throws -> Bool {
        guard let state = run.session, state.status == .active, let step = state.step, run.steps < Self.maximumSteps,
            let agent = principals[run.agent]
        else { return false }
        run.steps += 1
        if let limit = run.plan.script?.leavesAfter, run.steps > limit {
            let reason = run.dice.pick(plan.story.leaving)
            let left = try await may(
                ScriptAbandon.self,
                .init(sessionId: state.sessionId, reason: reason),
                as: agent
            )
            note(left ?? state, of: run)
            run.session = nil
            return false
        }
        let accepts = state.proposed != nil && run.dice.chance(Self.acceptance)
        let next = try await may(
            ScriptAdvance.self,
            .init(
                sessionId: state.sessionId,
                revision: state.revision,
                value: accepts ? nil : answer(to: step, run),
                accept: accepts ? true : nil
            ),
            as: agent
        )
        guard let next else {
            // Somebody else has changed the session meanwhile, or it waits.
            run.session = nil
            return false
        }
        if step.kind == "act", let resolution = step.arguments?["resolution"]?.string {
            planSettlement(resolution, run)
        }
        note(next, of: run)
        return next.status == .active
    }

    /// Keeps a state, and asks somebody to decide if it waits for that.
    private func note(_ state: ScriptSessionState, of run: ContactRun) {
        run.session = state
        fingerprint.add("\(state.script.scriptId) \(state.status.rawValue) \(state.path.last ?? "")")
        guard state.status == .waiting, let resolution = state.step?.resolutionId else { return }
        planDecision(resolution, run, isDirect: false)
    }

    /// What the agent enters at a step; nil where nothing is entered.
    private func answer(to step: ScriptSessionState.Step, _ run: ContactRun) -> JSON? {
        let name = step.id.split(separator: "/").last.map(String.init) ?? step.id
        switch step.kind {
        case "act":
            if run.dice.chance(Self.failedAct) { return ["ok": false, "error": "the other system does not answer"] }
            return ["ok": true, "result": ["match": true, "number": .string("WC-26-\(run.plan.number)")]]
        case "ask": break
        default: return nil
        }
        if let choices = step.choices, !choices.isEmpty {
            let shares = plan.story.choices[name]
            let weights = choices.map { shares?[$0.value.string ?? ""] ?? 1 }
            return weights.contains { $0 > 0 } ? choices[run.dice.index(weights)].value : run.dice.pick(choices).value
        }
        switch step.type {
        case "number", "money": return number(name, run)
        case "boolean": return .bool(run.dice.chance(0.5))
        case "date":
            let day = plan.period.day(of: clock.now) + Int64(run.dice.within(1...4))
            return .string(HistoryPeriod.name(of: day))
        default: return text(step, run)
        }
    }

    private func number(_ name: String, _ run: ContactRun) -> JSON {
        let range = plan.story.steps[name] ?? [1, 5]
        let isWhole = range.allSatisfy { $0 == $0.rounded() }
        let value = range[0] + (range[1] - range[0]) * run.dice.share()
        if isWhole { return .number(JSONNumber(Int(value.rounded()))) }
        return JSONNumber((value * 100).rounded() / 100).map(JSON.number) ?? .number(JSONNumber(1))
    }

    /// A text by the name of its variable: the order, a number to call, or else a postcode.
    private func text(_ step: ScriptSessionState.Step, _ run: ContactRun) -> JSON {
        let field = (step.field ?? step.id).lowercased()
        if field.contains("order") { return .string(run.plan.order) }
        if field.contains("phone") { return .string(run.plan.customer.phone) }
        return .string(String(100_000 + run.dice.below(90_000)).dropFirst().description)
    }
}
