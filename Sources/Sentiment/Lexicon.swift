/// Words with a rating, and words that modify the meaning of others.
package struct Lexicon: Sendable {
    /// How a word modifies its neighbours.
    package enum Role: Sendable, Equatable {
        case none
        /// Negates what follows: "not", "never", "can't".
        case negator
        /// Reduces the weight of what came before: "but", "however".
        case contrast
        /// Multiplies the weight of the next word: "very" 1.3, "slightly" 0.7.
        case booster(Float)

        /// The role as a byte in the model format; boosters are stored in twentieths, from 10.
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

    /// The entry of one word.
    package struct Entry: Sendable, Equatable {
        /// The rating from -4 to 4.
        package let valence: Float
        /// How the word modifies others.
        package let role: Role

        package init(valence: Float, role: Role) {
            self.valence = valence
            self.role = role
        }
    }

    var table: FingerprintTable
    var valences: [Int8]
    var roles: [UInt8]

    static let valenceScale: Float = 30

    /// Creates a lexicon from entries by the hash of the word.
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

    /// The entry of the word with this hash.
    @inline(__always)
    package func find(_ hash: UInt64) -> Entry? {
        guard let slot = table.find(hash) else { return nil }
        return Entry(valence: Float(valences[slot]) / Self.valenceScale, role: Role(code: roles[slot]))
    }
}
