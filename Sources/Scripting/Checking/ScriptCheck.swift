/// Checks scripts before they are used: syntax, graph, references and cases.
package enum ScriptCheck {
    /// Reads a script, checks it, and runs its cases if nothing else is wrong.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - file: its name in diagnostics.
    ///   - surroundings: other scripts and policies.
    /// - Returns: the script and all diagnostics, in the order of the source.
    package static func run(
        _ source: String,
        file: String,
        surroundings: ScriptSurroundings = ScriptSurroundings()
    ) -> ScriptReading {
        complete(ScriptReader.read(source, file: file), surroundings: surroundings)
    }

    /// Checks a script that has been read, and runs its cases if nothing else is wrong.
    package static func complete(_ reading: ScriptReading, surroundings: ScriptSurroundings) -> ScriptReading {
        guard let draft = reading.draft else { return reading }
        var reading = reading
        reading.diagnostics += lint(draft, surroundings: surroundings)
        if reading.isValid {
            reading.diagnostics += CaseRunner(draft, surroundings: surroundings).failures()
        }
        reading.diagnostics.sort { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
        return reading
    }

    /// The diagnostics for the graph and the references of a script.
    package static func lint(
        _ definition: ScriptDefinition,
        surroundings: ScriptSurroundings = ScriptSurroundings()
    ) -> [ScriptDiagnostic] {
        let findings = ScriptFindings(file: definition.file)
        GraphLint(definition, findings).run()
        ReferenceLint(definition, surroundings, findings).run()
        return findings.all
    }
}
