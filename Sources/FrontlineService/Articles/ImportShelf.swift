package import Knowledge
import Synchronization

/// The articles read so far by imports that consist of several calls; the last call prunes with them.
///
/// They are kept only in memory, for an hour after the latest call. Calls are numbered, so that a call after a restart
/// is refused instead of pruning on the basis of incomplete knowledge.
package final class ImportShelf: Sendable {
    /// One call of an import.
    package struct Part: Sendable {
        /// The subject who imports.
        package let subject: String
        /// The name the caller gave the import.
        package let importID: String
        /// The number of the call, from 1; call 1 starts the import again.
        package let number: Int
        /// The source of the articles, which must be the same in every call.
        package let source: String

        package init(subject: String, importID: String, number: Int, source: String) {
            self.subject = subject
            self.importID = importID
            self.number = number
            self.source = source
        }

        fileprivate var key: Key { Key(subject: subject, importID: importID) }
    }

    fileprivate struct Key: Hashable {
        let subject: String
        let importID: String
    }

    private struct Entry {
        var number: Int
        var source: String
        var held: HeldArticles
        var lastAt: Int64
    }

    /// The largest number of imports in progress.
    package static let maximumImports = 16
    /// The largest number of articles of one import.
    package static let maximumArticles = 1_000_000
    /// The longest pause between calls, in microseconds.
    private static let patience: Int64 = 3_600_000_000

    private let entries = Mutex<[Key: Entry]>([:])

    package init() {}

    /// The articles read by the calls before this one.
    ///
    /// - Throws: ``KnowledgeError`` `conflict` if this is not the next call, or if too many imports are in progress.
    package func held(before part: Part, now: Int64) throws -> HeldArticles {
        try entries.withLock { entries in
            entries = entries.filter { now - $0.value.lastAt <= Self.patience }
            if part.number == 1 {
                guard entries[part.key] != nil || entries.count < Self.maximumImports else {
                    throw Self.conflict(
                        "\(Self.maximumImports) imports in several parts are in progress; finish one of them first",
                        "import_id"
                    )
                }
                return HeldArticles()
            }
            guard let entry = entries[part.key] else {
                throw Self.conflict(
                    "the import “\(part.importID)” is unknown or has expired; start it again with part 1",
                    "import_id"
                )
            }
            guard entry.number + 1 == part.number else {
                throw Self.conflict(
                    "part \(entry.number + 1) of the import “\(part.importID)” comes next; part 1 starts it again",
                    "part"
                )
            }
            guard entry.source == part.source else {
                throw Self.conflict("the import “\(part.importID)” belongs to the source “\(entry.source)”", "source")
            }
            return entry.held
        }
    }

    /// Stores the articles read by the calls up to this one, for the next call; drops the import after its last call.
    ///
    /// - Throws: ``KnowledgeError`` `invalid` if the import has too many articles.
    package func keep(_ held: HeldArticles, of part: Part, isLast: Bool, now: Int64) throws {
        try entries.withLock { entries in
            entries[part.key] = nil
            if isLast { return }
            guard held.count <= Self.maximumArticles else {
                throw KnowledgeError(
                    .invalid,
                    "an import in several parts can have at most \(Self.maximumArticles) articles",
                    argument: "import_id"
                )
            }
            entries[part.key] = Entry(number: part.number, source: part.source, held: held, lastAt: now)
        }
    }

    private static func conflict(_ message: String, _ argument: String) -> KnowledgeError {
        KnowledgeError(.conflict, message, argument: argument)
    }
}

/// The mappings in use: the built-in ones, and those of the watched folder after it has been read.
package final class MappingShelf: Sendable {
    private let current = Mutex(MappingLibrary.builtIn)

    /// The current mappings.
    package var library: MappingLibrary { current.withLock { $0 } }

    /// Replaces the mappings.
    package func put(_ library: MappingLibrary) { current.withLock { $0 = library } }
}
