package import Knowledge
import Synchronization

/// The mappings in use: the built-in ones, and those of the watched folder once it was read.
package final class MappingShelf: Sendable {
    private let current = Mutex(MappingLibrary.builtIn)

    /// The mappings to choose from now.
    package var library: MappingLibrary { current.withLock { $0 } }

    /// Replaces them.
    package func put(_ library: MappingLibrary) { current.withLock { $0 = library } }
}
