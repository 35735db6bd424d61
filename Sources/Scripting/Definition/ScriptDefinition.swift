/// A script as it was read: immutable, its expressions and texts compiled, safe to share.
///
/// ## Topics
/// - ``ScriptReader``, ``ScriptCheck``
/// - ``ScriptStep``, ``ScriptVariable``, ``ScriptCase``
/// - ``ScriptEngine``
package struct ScriptDefinition: Sendable {
    /// The id: what `script` says.
    package let id: String
    /// The title; the id where there is none.
    package let title: String
    /// The language of its texts.
    package let locale: String?
    /// Words to group scripts by.
    package let tags: [String]
    /// What customers say when this script fits.
    package let examples: [String]
    /// The variables, and with them the names its expressions can use.
    package let names: ScriptNames
    /// The id of the first step.
    package let start: String
    /// The steps in the order of the source.
    package let steps: [ScriptStep]
    /// The cases that must come out as written.
    package let cases: [ScriptCase]
    /// The file as the caller named it.
    package let file: String
    /// Where the first step is named.
    let startPlace: ScriptPlace
    /// The ids of steps that are there and could not be read.
    let unreadable: Set<String>

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
        examples = header.examples
        self.names = names
        self.start = start.step
        startPlace = start.place
        self.steps = steps
        self.cases = cases
        self.unreadable = unreadable
        self.file = file
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
        var examples: [String] = []
    }

    /// The variables, declared or implied.
    package var variables: [ScriptVariable] { names.variables }

    /// The step of an id.
    package func step(_ id: String) -> ScriptStep? { positions[id].map { steps[$0] } }

    /// Where a step stands among ``steps``.
    func position(of id: String) -> Int? { positions[id] }

    /// The scripts that it runs, each once.
    package var subScripts: [String] {
        var seen: Set<String> = []
        return steps.compactMap { step in
            guard case .run(let run) = step.kind, seen.insert(run.script).inserted else { return nil }
            return run.script
        }
    }
}
