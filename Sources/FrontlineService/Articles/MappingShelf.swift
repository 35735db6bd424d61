package import Knowledge
import Synchronization

/// The mappings in use: the built-in ones, and those of the watched folder after it has been read.
package final class MappingShelf: Sendable {
    private let current = Mutex(MappingLibrary.builtIn)

    /// The current mappings.
    package var library: MappingLibrary { current.withLock { $0 } }

    /// Replaces the mappings.
    package func put(_ library: MappingLibrary) { current.withLock { $0 = library } }
}
