import FEEL
import Spelling

/// Checks a script's references to other scripts, decisions and articles.
struct ReferenceLint {
    private static let passableRoots = ["customer", "conversation", "context"]

    private let definition: ScriptDefinition
    private let surroundings: ScriptSurroundings
    private let findings: ScriptFindings

    init(_ definition: ScriptDefinition, _ surroundings: ScriptSurroundings, _ findings: ScriptFindings) {
        self.definition = definition
        self.surroundings = surroundings
        self.findings = findings
    }

    func run() {
        for step in definition.steps {
            findings.step = step.id
            step.articles.forEach(check)
            switch step.kind {
            case .run(let run): check(run)
            case .decide(let decide): check(decide)
            case .ask(let ask): check(ask)
            default: break
            }
        }
        findings.step = nil
        checkRecursion()
    }

    /// Checks an article.
    ///
    /// A missing one is only a warning, because it may be imported after the script.
    private func check(_ article: ScriptArticle) {
        let name = "article “\(ScriptNode.short(article.id))”"
        switch surroundings.article?(article.id) {
        case nil, .known: break
        case .hidden(let why): findings.warning(.article, "the \(name) is \(why)", at: article.place)
        case .unknown(let nearest):
            let question = nearest.map { "; did you mean “\($0)”?" } ?? ""
            findings.warning(.article, "there is no \(name)" + question, at: article.place)
        }
    }

    private func check(_ decide: ScriptStep.Decide) {
        guard let decisions = surroundings.decisions else { return }
        guard let known = decisions(decide.model) else {
            findings.error(.decision, "there is no policy “\(decide.model)”, expected model.decision", at: decide.place)
            return
        }
        guard !known.contains(decide.decision) else { return }
        let list = known.sorted().prefix(10).joined(separator: ", ")
        let message = "“\(decide.model)” has no decision “\(decide.decision)”, expected one of \(list)"
        findings.error(.decision, message, at: decide.place)
    }

    /// Checks that the extractor of a step exists, and that it can find an answer.
    private func check(_ ask: ScriptStep.Ask) {
        guard let book = surroundings.extractors, let source = ask.source, case .said(let name, _) = source.kind else {
            return
        }
        guard let extractor = book.extractor(name) else {
            let question = NearestName.question(name, among: book.names)
            let message = "there is no extractor “\(ScriptNode.short(name))”, expected one of rules/extractors.yaml"
            findings.error(.extractor, message + question, at: source.place)
            return
        }
        if let misfit = extractor.misfit(to: ask) { findings.error(.type, misfit, at: source.place) }
    }

    private func check(_ run: ScriptStep.Run) {
        guard let script = surroundings.script, run.script != definition.id else { return }
        guard let callee = script(run.script) else {
            findings.error(.script, "there is no script “\(run.script)”, expected the id of a script", at: run.place)
            return
        }
        for argument in run.arguments { check(argument, of: callee) }
    }

    private func check(_ argument: ScriptArgument, of callee: ScriptDefinition) {
        guard let variable = callee.names[argument.name], variable.isDeclared else {
            guard !Self.passableRoots.contains(argument.name) else { return }
            let known = callee.variables.filter(\.isDeclared).map(\.name) + Self.passableRoots
            let message = "“\(callee.id)” has no variable “\(argument.name)”, expected \(known.joined(separator: ", "))"
            findings.error(.undefined, message, at: argument.place)
            return
        }
        guard let type = argument.expression?.type, type != .any, type != .null,
            !type.conforms(to: variable.type.feelType)
        else { return }
        let message = "“\(argument.name)” is \(type), “\(callee.id)” expects a \(variable.type.rawValue)"
        findings.error(.type, message, at: argument.place)
    }

    /// Reports the first chain of scripts through which the script runs itself.
    private func checkRecursion() {
        for step in definition.steps {
            guard case .run(let run) = step.kind, let chain = chain(from: run.script) else { continue }
            findings.step = step.id
            let names = ([definition.id] + chain).joined(separator: " → ")
            findings.error(
                .script,
                "the script runs itself: \(names); expected scripts that come to an end",
                at: run.place
            )
            findings.step = nil
            return
        }
    }

    /// The chain of scripts from `first` back to this one; nil if there is none.
    private func chain(from first: String) -> [String]? {
        var before: [String: String] = [:]
        var seen: Set<String> = [first]
        var open = [first]
        while let id = open.popLast() {
            if id == definition.id {
                var chain = [id]
                while let previous = before[chain[0]], chain.count < 20 { chain.insert(previous, at: 0) }
                return chain
            }
            for next in surroundings.script?(id)?.subScripts ?? [] where seen.insert(next).inserted {
                before[next] = id
                open.append(next)
            }
        }
        return nil
    }
}
