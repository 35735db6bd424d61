import Alerts
import DMN

/// Checks a model before it is published as the policy `alerts`.
enum AlertPolicyCheck {
    /// The findings; empty if the model has the decision that is evaluated for every turn.
    @Sendable static func findings(in model: CompiledModel) -> [Finding] {
        guard !model.decisionNames.contains(AlertRules.decision) else { return [] }
        return [Finding(.error, .missing, "the model has no decision '\(AlertRules.decision)'")]
    }
}
