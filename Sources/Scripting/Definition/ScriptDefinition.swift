/// A script in its compiled form, with its expressions and texts compiled; immutable and safe to share.
///
/// ## Topics
/// - ``ScriptReader``, ``ScriptCheck``
/// - ``ScriptStep``, ``ScriptVariable``, ``ScriptCase``
/// - ``ScriptEngine``
package struct ScriptDefinition: Sendable {
    /// The id, from the member `script`.
    package let id: String
    /// The title; the id if it has none.
    package let title: String
    /// The language of its texts.
    package let locale: String?
    /// Words by which scripts are grouped.
    package let tags: [String]
    /// What customers say when this script applies.
    package let examples: [String]
    /// Where each of the examples stands.
    package let examplePlaces: [ScriptPlace]
    /// The variables and other names that expressions can use.
    package let names: ScriptNames
    /// The id of the first step.
    package let start: String
    /// The steps in the order of the source.
    package let steps: [ScriptStep]
    /// The cases, all of which must pass.
    package let cases: [ScriptCase]
    /// The file as the caller named it.
    package let file: String
    /// The place where the first step is named.
    let startPlace: ScriptPlace
    /// The ids of steps that exist but could not be read.
    let unreadable: Set<String>

    /// Whether a step takes its answer from what the customer has said.
    let hears: Bool

    private let positions: [String: Int]

    init(
        header: Header,
        names: ScriptNames,
        start: ScriptTarget,
        steps: [ScriptStep],
        cases: [ScriptCase],
        unreadable: Set<String>,
        file: String
    ) {
        id = header.id
        title = header.title ?? header.id
        locale = header.locale
        tags = header.tags
        examples = header.examples.map(\.text)
        examplePlaces = header.examples.map(\.place)
        self.names = names
        self.start = start.step
        startPlace = start.place
        self.steps = steps
        self.cases = cases
        self.unreadable = unreadable
        self.file = file
        hears = steps.contains { step in
            guard case .ask(let ask) = step.kind, case .said? = ask.source?.kind else { return false }
            return true
        }
        var positions = [String: Int](minimumCapacity: steps.count)
        for (position, step) in steps.enumerated() { positions[step.id] = position }
        self.positions = positions
    }

    /// The members of a script besides its steps.
    struct Header {
        var id = ""
        var title: String?
        var locale: String?
        var tags: [String] = []
        var examples: [(text: String, place: ScriptPlace)] = []
    }

    /// The variables, declared or implied.
    package var variables: [ScriptVariable] { names.variables }

    /// The step of an id.
    package func step(_ id: String) -> ScriptStep? { positions[id].map { steps[$0] } }

    /// The position of a step in ``steps``.
    func position(of id: String) -> Int? { positions[id] }

    /// The scripts that it runs, without duplicates.
    package var subScripts: [String] {
        var seen: Set<String> = []
        return steps.compactMap { step in
            guard case .run(let run) = step.kind, seen.insert(run.script).inserted else { return nil }
            return run.script
        }
    }
}
