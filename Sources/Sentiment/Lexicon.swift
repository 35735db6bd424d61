/// Words with a rating of their own, and words that change what others mean.
package struct Lexicon: Sendable {
    /// How a word acts on its neighbours.
    package enum Role: Sendable, Equatable {
        case none
        /// Turns what follows around: "not", "never", "can't".
        case negator
        /// Takes back what came before: "but", "however".
        case contrast
        /// Makes the next word count more or less: "very" 1.3, "slightly" 0.7.
        case booster(Float)

        /// The role as a byte of the model; boosters as twentieths from 10 on.
        var code: UInt8 {
            switch self {
            case .none: 0
            case .negator: 1
            case .contrast: 2
            case .booster(let factor): UInt8(max(10, min(250, factor * 20)))
            }
        }

        init(code: UInt8) {
            switch code {
            case 1: self = .negator
            case 2: self = .contrast
            case 10...: self = .booster(Float(code) / 20)
            default: self = .none
            }
        }
    }

    /// What the lexicon holds of one word.
    package struct Entry: Sendable, Equatable {
        /// The rating from -4 to 4.
        package let valence: Float
        /// How the word acts on others.
        package let role: Role

        /// Creates an entry.
        package init(valence: Float, role: Role) {
            self.valence = valence
            self.role = role
        }
    }

    var table: FingerprintTable
    var valences: [Int8]
    var roles: [UInt8]

    static let valenceScale: Float = 30

    /// Creates a lexicon from words by their hash.
    package init(_ entries: [UInt64: Entry]) {
        table = FingerprintTable(capacity: entries.count)
        valences = Array(repeating: 0, count: table.fingerprints.count)
        roles = Array(repeating: 0, count: table.fingerprints.count)
        for (hash, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let slot = table.insert(hash)
            valences[slot] = Int8(max(-127, min(127, (entry.valence * Self.valenceScale).rounded())))
            roles[slot] = entry.role.code
        }
    }

    init(table: FingerprintTable, valences: [Int8], roles: [UInt8]) {
        self.table = table
        self.valences = valences
        self.roles = roles
    }

    /// What is known of the word with this hash.
    @inline(__always)
    package func find(_ hash: UInt64) -> Entry? {
        guard let slot = table.find(hash) else { return nil }
        return Entry(valence: Float(valences[slot]) / Self.valenceScale, role: Role(code: roles[slot]))
    }
}
