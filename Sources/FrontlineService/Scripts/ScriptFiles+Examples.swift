import Assist
import Knowledge
package import ModelSupply
package import Scripting

extension ScriptFiles {
    /// Warns of examples that mean the same as an example of another script, because then customers' words cannot decide
    /// between the two.
    ///
    /// Only scripts of one language that the model understands are compared. Of two scripts, the nearest pair is told, where
    /// the first of both stands.
    ///
    /// Cost: some 2 ms an example.
    package func similarExamples(by named: NamedEncoder) -> [ScriptDiagnostic] {
        let encoder = PassageEncoder(named.model, name: named.name)
        let drafts = files.compactMap(\.reading.draft).filter { $0.locale.map(encoder.understands) ?? true }
        return ExampleComparison.pairs(in: drafts.map(\.examples), by: encoder).map { pair in
            let (one, other) = (drafts[pair.first.script], drafts[pair.second.script])
            let place = other.examplePlaces[pair.second.example]
            let similarity = (pair.similarity * 100).rounded() / 100
            return ScriptDiagnostic(
                severity: .warning,
                code: .similar,
                message: """
                    the example “\(one.examples[pair.first.example])” means the same as \
                    “\(other.examples[pair.second.example])” of “\(other.id)” \
                    (\(other.file):\(place.line):\(place.column), similarity \(similarity)), expected examples by which \
                    the scripts can be told apart
                    """,
                file: one.file,
                place: one.examplePlaces[pair.first.example]
            )
        }
    }
}
