/// Names of products and companies, which say nothing of how somebody feels, whatever their words mean elsewhere.
package struct NeutralNames: Sendable {
    /// No names.
    package static let none = NeutralNames([])
    private static let longest = 6

    /// The words of the names as hashes, by that of their first word.
    private let names: [UInt64: [[UInt64]]]

    /// Reads names; case does not matter.
    ///
    /// Of a name the first six words count.
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

    /// How many tokens from a place on are a name; 0 for none.
    func length(at place: Int, of tokens: UnsafeMutableBufferPointer<Token>) -> Int {
        guard !names.isEmpty, let candidates = names[tokens[place].hash] else { return 0 }
        let fitting = candidates.first { name in
            place + name.count <= tokens.count && name.indices.allSatisfy { tokens[place + $0].hash == name[$0] }
        }
        return fitting?.count ?? 0
    }
}
