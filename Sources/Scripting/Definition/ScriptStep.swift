/// One step of a script.
package struct ScriptStep: Sendable {
    /// What a step does.
    package enum Kind: Sendable {
        /// The agent says the text.
        case say
        /// The agent asks; the answer is one of the choices or a value of a type.
        case ask(Ask)
        /// A decision is asked, which grants nothing.
        case decide(Decide)
        /// A resolution is requested, once.
        case resolve(Resolve)
        /// The desktop performs something and reports how it went.
        case act(Act)
        /// Another script runs, then this one goes on.
        case run(Run)
        /// A supervisor or a team is called.
        case escalate(to: String)
        /// The script ends with an outcome.
        case end(outcome: String)

        /// The word of the language.
        package var name: String {
            switch self {
            case .say: "say"
            case .ask: "ask"
            case .decide: "decide"
            case .resolve: "resolve"
            case .act: "act"
            case .run: "run"
            case .escalate: "escalate"
            case .end: "end"
            }
        }
    }

    /// What an ask step takes.
    package struct Ask: Sendable {
        /// The variable that holds the answer.
        package let field: String?
        /// The type of the answer; string for choices.
        package let type: ScriptType
        /// The answers there are; empty for a value of the type.
        package let choices: [ScriptChoice]
    }

    /// What a decide step asks.
    package struct Decide: Sendable {
        /// The policy.
        package let model: String
        /// Its decision.
        package let decision: String
        /// The inputs.
        package let inputs: [ScriptArgument]
        /// The variable that holds the result.
        package let result: String?
        package let place: ScriptPlace
    }

    /// What a resolve step requests.
    package struct Resolve: Sendable {
        /// What `resolve` may hold: a member of the request each.
        package let action: ScriptExpression
        package let amount: ScriptExpression?
        package let currency: ScriptExpression?
        package let reason: ScriptExpression
        /// One expression, or the members of an object.
        package let reference: [ScriptArgument]
        package let context: [ScriptArgument]
        /// The variable that holds the resolution.
        package let result: String?
        /// Where each outcome leads.
        package let targets: [Outcome: ScriptNext]

        /// How a resolution comes out.
        package enum Outcome: String, Sendable, CaseIterable {
            case approved, denied, rejected, cancelled, expired, failed

            /// What stands in for it where it has no target of its own.
            package var substitute: Outcome? {
                switch self {
                case .approved, .denied: nil
                case .rejected, .failed: .denied
                case .cancelled, .expired: .rejected
                }
            }
        }
    }

    /// What the desktop performs.
    package struct Act: Sendable {
        /// The name of the action.
        package let action: String
        /// Its arguments.
        package let arguments: [ScriptArgument]
        /// The variable that holds its result.
        package let result: String?
        /// Where a failure leads; without it as `next`.
        package let failed: ScriptNext?
    }

    /// Which script runs.
    package struct Run: Sendable {
        /// Its id.
        package let script: String
        /// What its variables begin with.
        package let arguments: [ScriptArgument]
        /// The variable that holds its variables and its outcome.
        package let result: String?
        package let place: ScriptPlace
    }

    /// The name, unique in the script.
    package let id: String
    /// What it does.
    package let kind: Kind
    /// What the agent says meanwhile.
    package let text: ScriptTemplate?
    /// Whether it must not be left out without a supervisor.
    package let isRequired: Bool
    /// The articles to show, as written.
    package let articles: [ScriptArticle]
    /// A remark for the agent.
    package let note: String?
    /// Where it leads, unless something more special says so.
    package let next: ScriptNext?
    /// Where it stands in the source.
    package let place: ScriptPlace

    /// The ids of the articles to show.
    package var knowledge: [String] { articles.map(\.id) }

    /// Every way out of the step, as written.
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
        default: break
        }
        if let next { ways.append((nil, next)) }
        return ways
    }

    /// The steps it can lead to.
    package var targets: [ScriptTarget] { ways.flatMap(\.next.targets) }
}

/// One answer of an ask step.
package struct ScriptChoice: Sendable {
    /// What the desktop sends.
    package let value: String
    /// What the agent sees.
    package let label: ScriptTemplate
    /// Where it leads, where not as the step's `next`.
    package let next: ScriptNext?
}

/// A name and what gives its value.
package struct ScriptArgument: Sendable {
    /// What gives a value: an expression, or a map or list of such.
    package indirect enum Content: Sendable {
        case expression(ScriptExpression)
        case members([ScriptArgument])
        case elements([ScriptArgument])
    }

    /// The name; empty for an element, and for an expression that stands for the whole.
    package let name: String
    /// What gives the value.
    package let content: Content
    /// Where it stands in the source.
    package let place: ScriptPlace

    /// The expression, when it is one.
    package var expression: ScriptExpression? {
        if case .expression(let expression) = content { return expression }
        return nil
    }

    /// The names of the script that it reads.
    package var names: [String] {
        switch content {
        case .expression(let expression): expression.names
        case .members(let parts), .elements(let parts): parts.flatMap(\.names)
        }
    }
}

/// A step that another one leads to.
package struct ScriptTarget: Sendable, Hashable {
    /// Its id.
    package let step: String
    /// Where it is named.
    package let place: ScriptPlace
}

/// Where a step leads: to one step, or to the first whose condition holds.
package struct ScriptNext: Sendable {
    /// A condition and the step it leads to.
    package struct Branch: Sendable {
        /// The condition.
        package let condition: ScriptExpression
        /// The step.
        package let target: ScriptTarget
    }

    /// The conditions in their order.
    package let branches: [Branch]
    /// The step when none holds or one fails.
    package let fallback: ScriptTarget?
    /// Where it stands in the source.
    package let place: ScriptPlace

    /// Every step it can lead to.
    package var targets: [ScriptTarget] { branches.map(\.target) + (fallback.map { [$0] } ?? []) }
}

/// An article that a step names.
package struct ScriptArticle: Sendable {
    /// Its id.
    package let id: String
    /// Where the step names it.
    package let place: ScriptPlace
}
