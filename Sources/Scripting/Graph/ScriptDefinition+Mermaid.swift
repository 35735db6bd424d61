extension ScriptDefinition {
    /// The script as a Mermaid flowchart: a node for each step, and an edge for each transition, labelled with its
    /// answer or condition.
    package var mermaid: String {
        var lines = ["flowchart TD"]
        for (position, step) in steps.enumerated() {
            lines.append("    s\(position)\(shape(step))")
        }
        for (position, step) in steps.enumerated() {
            for way in step.ways { lines += edges(from: position, way.label, way.next) }
        }
        if let start = position(of: start) { lines.insert("    start((start)) --> s\(start)", at: 1) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func edges(from position: Int, _ label: String?, _ next: ScriptNext) -> [String] {
        let branches = next.branches.map { (target: $0.target, condition: Optional($0.condition.text)) }
        let fallback = next.fallback.map { [(target: $0, condition: branches.isEmpty ? nil : Optional("else"))] } ?? []
        return (branches + fallback).compactMap { branch in
            guard let target = self.position(of: branch.target.step) else { return nil }
            let words = [label, branch.condition].compactMap { $0 }.joined(separator: ": ")
            return "    s\(position) -->" + (words.isEmpty ? "" : "|\"\(Self.escaped(words))\"|") + " s\(target)"
        }
    }

    private func shape(_ step: ScriptStep) -> String {
        let mark = step.isRequired ? " *" : ""
        let label = "\"\(Self.escaped(step.id))\(mark): \(Self.escaped(content(step)))\""
        return switch step.kind {
        case .ask: "{{\(label)}}"
        case .anyOrder: "(\(label))"
        case .decide: "{\(label)}"
        case .resolve: "[/\(label)/]"
        case .run: "[[\(label)]]"
        case .end: "([\(label)])"
        default: "[\(label)]"
        }
    }

    private func content(_ step: ScriptStep) -> String {
        switch step.kind {
        case .say: step.text?.source ?? ""
        case .ask(let ask): (step.text?.source ?? "") + (ask.source.map { " ← \($0.text)" } ?? "")
        case .anyOrder(let members): "any order of \(members.map(\.step).joined(separator: ", "))"
        case .decide(let decide): "decide \(decide.model).\(decide.decision)"
        case .resolve(let resolve): "resolve \(resolve.action.text)"
        case .act(let act): "act \(act.action)"
        case .run(let run): "run \(run.script)"
        case .escalate(let target): "escalate to \(target)"
        case .end(let outcome): "end \(outcome)"
        }
    }

    /// A text escaped for use between quotes, and truncated to a readable length.
    private static func escaped(_ text: String) -> String {
        let cut = text.count > 80 ? text.prefix(80) + "…" : text
        var result = ""
        for character in cut {
            switch character {
            case "\"": result += "#quot;"
            case "#": result += "#35;"
            case "<": result += "#lt;"
            case ">": result += "#gt;"
            case "&": result += "#amp;"
            case "\n", "\r", "\r\n", "\t": result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
