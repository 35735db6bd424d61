import Digests
import Vocabulary

/// The secret of an installation under which personal ids are hashed.
struct KeyedHash: Sendable {
    private let keyed: KeyedDigest
    /// Bytes of a hash that are kept; 128 bits never collide here.
    private static let keptBytes = 16

    /// Takes the secret as the store keeps it, in hexadecimal.
    init(secret: String) { keyed = KeyedDigest(key: secret) }

    /// The hash of a list of texts; different lists have different hashes.
    func hash(_ parts: [String]) -> String {
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
        for part in parts {
            text += String(part.utf8.count)
            text += ":"
            text += part
        }
        return Bytes.hexadecimal(keyed.code(of: text).prefix(Self.keptBytes))
    }
}

/// Whose windows a case is counted in: values by scope, those that lead to a person hashed.
struct CaseScopes: Sendable, Hashable {
    private(set) var values: [WindowScope: [String]] = [.all: [""]]
    /// Other values under which the past of a value was counted: hashes of spellings that were not compared yet.
    ///
    /// They are read along and nothing is added under them; they are not stored.
    var earlier: [String: [String]] = [:]

    init() {}

    /// Reads what ``json`` gave.
    init(json: JSON) {
        for scope in WindowScope.allCases {
            if let texts = json[scope.rawValue]?.array?.compactMap(\.string) { values[scope] = texts }
        }
    }

    subscript(scope: WindowScope) -> [String] {
        get { values[scope] ?? [] }
        set { values[scope] = newValue.isEmpty ? nil : newValue }
    }

    /// As it is stored.
    var json: JSON {
        .object(
            JSONObject(
                WindowScope.allCases.compactMap { scope in
                    values[scope].map { .init(key: scope.rawValue, value: .array($0.map(JSON.string))) }
                }
            )
        )
    }

    /// A value, and what its past was counted under.
    func spellings(of value: String) -> [String] { [value] + (earlier[value] ?? []) }

    /// The keys of sums for a scope, one for each value.
    func keys(_ scope: WindowScope, action: String?, currency: String, _ hash: KeyedHash) -> [String] {
        self[scope].map { Self.key(scope, $0, action: action, currency: currency, hash) }
    }

    /// Every key that a grant is counted under.
    func allKeys(action: String, currency: String, _ hash: KeyedHash) -> [String] {
        WindowScope.allCases.flatMap { scope in
            keys(scope, action: nil, currency: currency, hash) + keys(scope, action: action, currency: currency, hash)
        }
    }

    /// The key of a sum; of one action's where there is one.
    static func key(
        _ scope: WindowScope,
        _ value: String,
        action: String?,
        currency: String,
        _ hash: KeyedHash
    ) -> String {
        hash.hash([scope.rawValue, value, currency] + (action.map { [$0] } ?? []))
    }
}
