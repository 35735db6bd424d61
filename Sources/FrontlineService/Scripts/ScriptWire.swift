import FrontlineProtocol
import JSONRPC
import Scripting
import Vocabulary

extension ScriptSessionState {
    /// Creates the wire form of a session.
    init(_ session: ScriptSession) {
        let view = session.view
        let isStopped = view.status == .stopped
        self.init(
            sessionId: session.id,
            script: Script(scriptId: session.scriptID, version: Int(session.version)),
            revision: Int(session.revision),
            status: view.status,
            step: view.status.isFinished ? nil : view.step.map(Step.init),
            proposed: view.proposed.map(Proposal.init),
            variables: .object(view.variables),
            path: view.path,
            deviations: view.deviations.map { Deviation(step: $0.step, kind: $0.kind, reason: $0.reason) },
            notes: view.notes.isEmpty ? nil : view.notes.map { Note(step: $0.step, text: $0.text) },
            diagnostics: view.diagnostics.isEmpty ? nil : view.diagnostics,
            outcome: isStopped ? nil : view.outcome,
            reason: isStopped ? view.outcome : view.deviations.last { $0.kind == "abandon" }?.reason,
            conversationId: session.conversationID,
            agent: session.agent
        )
    }
}

extension ScriptSessionState.Proposal {
    init(_ proposal: ScriptProposal) {
        switch proposal.origin {
        case .turn(let number): self.init(value: proposal.value, turn: Int(number))
        case .fact(let name): self.init(value: proposal.value, fact: name)
        }
    }
}

extension ScriptSessionState.Step {
    init(_ step: ScriptStepView) {
        self.init(
            id: step.id,
            kind: step.kind,
            text: step.text,
            field: step.field,
            type: step.choices == nil ? step.type?.rawValue : "choice",
            choices: step.choices?.map { ScriptSessionState.Choice(value: .string($0.value), label: $0.label) },
            missing: step.missing,
            required: step.isRequired,
            action: step.action,
            arguments: step.arguments.map(JSON.object),
            resolutionId: step.resolutionID,
            knowledge: step.knowledge.isEmpty ? nil : step.knowledge,
            note: step.note
        )
    }
}

extension ScriptSessionState: MeteredResult {
    func count(in meter: CapabilityMeter) { meter.count(.scriptSteps, [("status", status.rawValue)]) }
}

extension ScriptError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument, current: currentRevision.map { ("revision", $0) })
        case .forbidden: .refusal(.forbidden, message, argument)
        case .invalid: .invalidSource(message, argument, expected: "a script without errors", details: details)
        }
    }

    var sentence: String { message }
}

extension CapabilityMeter.Figure {
    static let scriptSteps = Self("frontline_script_steps_total")
}
