/// Names of products and companies, which do not express sentiment even if their words do elsewhere.
package struct NeutralNames: Sendable {
    /// No names.
    package static let none = NeutralNames([])
    private static let longest = 6

    /// The hashes of the words of each name, by the hash of the first word.
    private let names: [UInt64: [[UInt64]]]

    /// Creates a set of names; case is ignored.
    ///
    /// Only the first six words of a name count.
    package init(_ names: [String]) {
        var read: [UInt64: [[UInt64]]] = [:]
        for name in names {
            let hashes = Utterance.withTokens(of: name, lexicon: Lexicon([:]), isKnown: { _ in true }) { utterance in
                utterance.tokens.filter { $0.kind == .word || $0.kind == .number }.prefix(Self.longest).map(\.hash)
            }
            if let first = hashes.first { read[first, default: []].append(hashes) }
        }
        self.names = read.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// The number of tokens from `place` that form a name; 0 if there is none.
    func length(at place: Int, of tokens: UnsafeMutableBufferPointer<Token>) -> Int {
        guard !names.isEmpty, let candidates = names[tokens[place].hash] else { return 0 }
        let fitting = candidates.first { name in
            place + name.count <= tokens.count && name.indices.allSatisfy { tokens[place + $0].hash == name[$0] }
        }
        return fitting?.count ?? 0
    }
}
