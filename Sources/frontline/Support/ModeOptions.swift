import ArgumentParser
import Vocabulary

/// What the searches of a command go by.
struct ModeOptions: ParsableArguments {
    @Option(
        name: .customLong("mode"),
        help: "What a search goes by: hybrid, words or meaning; by default hybrid where there is an encoder."
    )
    var given: String?

    /// The mode; nil for the default.
    var mode: SearchMode? { given.flatMap(SearchMode.init) }

    func validate() throws {
        guard given == nil || mode != nil else { throw ValidationError("--mode is hybrid, words or meaning") }
    }
}
