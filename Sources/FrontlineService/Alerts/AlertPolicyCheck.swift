import Alerts
import DMN

/// What a model must be to be published as the policy of alerts.
enum AlertPolicyCheck {
    /// What is wrong with it; nothing when it has the decision that is asked on every turn.
    @Sendable static func findings(in model: CompiledModel) -> [Finding] {
        guard !model.decisionNames.contains(AlertRules.decision) else { return [] }
        return [Finding(.error, .missing, "the model has no decision '\(AlertRules.decision)'")]
    }
}
