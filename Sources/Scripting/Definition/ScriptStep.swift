/// One step of a script.
package struct ScriptStep: Sendable {
    /// What a step does.
    package enum Kind: Sendable {
        /// The agent says the text.
        case say
        /// The agent asks a question; the answer is one of the choices or a value of a type.
        case ask(Ask)
        /// Ask steps are asked in the customer's order, those whose answer is still missing.
        case anyOrder([ScriptTarget])
        /// A decision is evaluated, which grants nothing.
        case decide(Decide)
        /// A resolution is requested exactly once.
        case resolve(Resolve)
        /// The desktop performs something and reports the result.
        case act(Act)
        /// Another script runs, then this one continues.
        case run(Run)
        /// A supervisor or a team is called.
        case escalate(to: String)
        /// The script ends with an outcome.
        case end(outcome: String)

        /// The keyword in the source.
        package var name: String {
            switch self {
            case .say: "say"
            case .ask: "ask"
            case .anyOrder: "any_order"
            case .decide: "decide"
            case .resolve: "resolve"
            case .act: "act"
            case .run: "run"
            case .escalate: "escalate"
            case .end: "end"
            }
        }
    }

    /// The members of an ask step.
    package struct Ask: Sendable {
        /// The variable that holds the answer.
        package let field: String?
        /// The type of the answer; string for choices.
        package let type: ScriptType
        /// The possible answers; empty if any value of the type is accepted.
        package let choices: [ScriptChoice]
        /// Where the answer can come from before the customer is asked.
        package let source: AnswerSource?
    }

    /// Where the answer to an ask step can come from.
    package struct AnswerSource: Sendable {
        package enum Kind: Sendable, Hashable {
            /// A fact, by its path: a root and the names of members.
            case fact([String])
            /// What the customer has said, found by an extractor; `within` is how many of the last turns count, nil for all.
            case said(extractor: String, within: Int?)
        }

        package let kind: Kind
        /// Its place in the source.
        package let place: ScriptPlace

        /// The source as scripts write it.
        package var text: String {
            switch kind {
            case .fact(let path): path.joined(separator: ".")
            case .said(let extractor, _): "said: \(extractor)"
            }
        }
    }

    /// The members of a decide step.
    package struct Decide: Sendable {
        package let model: String
        /// The decision within the model.
        package let decision: String
        package let inputs: [ScriptArgument]
        /// The variable that holds the result.
        package let result: String?
        package let place: ScriptPlace
    }

    /// The members of a resolve step.
    package struct Resolve: Sendable {
        /// The members of `resolve`, each a member of the request.
        package let action: ScriptExpression
        package let amount: ScriptExpression?
        package let currency: ScriptExpression?
        package let reason: ScriptExpression
        /// One expression, or the members of an object.
        package let reference: [ScriptArgument]
        package let context: [ScriptArgument]
        /// The variable that holds the resolution.
        package let result: String?
        /// The target of each outcome.
        package let targets: [Outcome: ScriptNext]

        /// The outcome of a resolution.
        package enum Outcome: String, Sendable, CaseIterable {
            case approved, denied, rejected, cancelled, expired, failed

            /// The outcome whose target is used if this one has no target.
            package var substitute: Outcome? {
                switch self {
                case .approved, .denied: nil
                case .rejected, .failed: .denied
                case .cancelled, .expired: .rejected
                }
            }
        }
    }

    /// The members of an act step.
    package struct Act: Sendable {
        /// The name of the action.
        package let action: String
        /// Its arguments.
        package let arguments: [ScriptArgument]
        /// The variable that holds its result.
        package let result: String?
        /// The target after a failure; nil to continue with `next`.
        package let failed: ScriptNext?
    }

    /// The members of a run step.
    package struct Run: Sendable {
        /// The id of the script.
        package let script: String
        /// The initial values of its variables.
        package let arguments: [ScriptArgument]
        /// The variable that holds its variables and its outcome.
        package let result: String?
        package let place: ScriptPlace
    }

    /// The name, unique in the script.
    package let id: String
    package let kind: Kind
    /// What the agent says at the step.
    package let text: ScriptTemplate?
    /// Whether only a supervisor may skip it.
    package let isRequired: Bool
    /// The articles to show, as written in the source.
    package let articles: [ScriptArticle]
    /// A note for the agent.
    package let note: String?
    /// The next step, unless a choice or an outcome has its own target; for a member of a group, the group.
    package let next: ScriptNext?
    /// The group in which the step is asked in any order.
    package let group: String?
    /// Its place in the source.
    package let place: ScriptPlace

    /// The ids of the articles to show.
    package var knowledge: [String] { articles.map(\.id) }

    /// All transitions from the step, as written in the source.
    package var ways: [(label: String?, next: ScriptNext)] {
        var ways: [(label: String?, next: ScriptNext)] = []
        switch kind {
        case .ask(let ask):
            for choice in ask.choices {
                if let next = choice.next { ways.append((choice.label.source, next)) }
            }
        case .resolve(let resolve):
            for outcome in ScriptStep.Resolve.Outcome.allCases {
                if let next = resolve.targets[outcome] { ways.append((outcome.rawValue, next)) }
            }
        case .act(let act):
            if let failed = act.failed { ways.append(("failed", failed)) }
        case .anyOrder(let members):
            ways += members.map { ("missing", ScriptNext(branches: [], fallback: $0, place: $0.place)) }
        default: break
        }
        if let next { ways.append((nil, next)) }
        return ways
    }

    /// The steps that can follow.
    package var targets: [ScriptTarget] { ways.flatMap(\.next.targets) }
}

/// One choice of an ask step.
package struct ScriptChoice: Sendable {
    /// What the desktop sends.
    package let value: String
    /// What the agent sees.
    package let label: ScriptTemplate
    /// The next step, if it differs from the step's `next`.
    package let next: ScriptNext?
}

/// A named value computed by an expression.
package struct ScriptArgument: Sendable {
    /// The source of a value: an expression, or a map or list of such.
    package indirect enum Content: Sendable {
        case expression(ScriptExpression)
        case members([ScriptArgument])
        case elements([ScriptArgument])
    }

    /// The name; empty for the element of a list and for an expression that yields the whole object.
    package let name: String
    /// The source of the value.
    package let content: Content
    /// Its place in the source.
    package let place: ScriptPlace

    /// The expression, if it is one.
    package var expression: ScriptExpression? {
        if case .expression(let expression) = content { return expression }
        return nil
    }

    /// The names of the script that the value depends on.
    package var names: [String] {
        switch content {
        case .expression(let expression): expression.names
        case .members(let parts), .elements(let parts): parts.flatMap(\.names)
        }
    }
}

/// A reference to the step that follows.
package struct ScriptTarget: Sendable, Hashable {
    /// The id of the step.
    package let step: String
    /// The place of the reference.
    package let place: ScriptPlace
}

/// The transition to the next step: unconditional, or to the first whose condition holds.
package struct ScriptNext: Sendable {
    /// A condition and its target.
    package struct Branch: Sendable {
        package let condition: ScriptExpression
        package let target: ScriptTarget
    }

    /// The conditional targets in order.
    package let branches: [Branch]
    /// The target if no condition holds or one fails.
    package let fallback: ScriptTarget?
    /// Its place in the source.
    package let place: ScriptPlace

    /// All steps that can follow.
    package var targets: [ScriptTarget] { branches.map(\.target) + (fallback.map { [$0] } ?? []) }
}

/// An article that a step names.
package struct ScriptArticle: Sendable {
    /// Its id.
    package let id: String
    /// The place of the reference.
    package let place: ScriptPlace
}
