/// Where the random parts of ids come from: the system's generator, except for an invented history, which can be repeated.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private let word: @Sendable () -> UInt64

    /// Creates a source.
    ///
    /// - Parameter word: gives the next 64 random bits; called by many tasks at once.
    package init(_ word: @escaping @Sendable () -> UInt64) { self.word = word }

    /// Ids that nobody can guess.
    package static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    package func next() -> UInt64 { word() }
}
