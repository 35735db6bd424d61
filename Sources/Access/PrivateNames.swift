import Digests
import Foundation
package import Storage

/// The names that subjects choose for what they open: each stands for an id that nobody else can name or guess.
///
/// An id follows from a secret of the store, the subject and the name alone. So the same subject says the same name again
/// and means the same thing, before and after anything was written, on any connection and in any process; nothing is kept,
/// and another subject's equal name is another id.
package struct PrivateNames: Sendable {
    /// What is named; the same name stands for different ids of different kinds.
    package enum Kind: String, Sendable {
        case conversation = "cnv"
        case session = "ss"
    }

    /// The tables of this module.
    package static let migrations = [
        Migration(
            "private-names-1",
            ["CREATE TABLE name_secrets (name TEXT NOT NULL PRIMARY KEY, secret TEXT NOT NULL)"]
        )
    ]

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    /// Characters of five bits; 130 bits are not guessed.
    private static let length = 26

    private let keyed: KeyedDigest

    /// The names of a store, whose secret is made by whoever comes first.
    ///
    /// - Throws: the store's error.
    package init(store: Store) throws {
        let secret = try store.readNow { try Self.secret(in: $0) } ?? Self.makeSecret(in: store)
        keyed = KeyedDigest(key: secret)
    }

    /// The id that a subject's name stands for.
    package func id(of name: String, _ kind: Kind, for subject: String) -> String {
        // The length keeps apart where the subject ends and the name begins.
        let text = "\(kind.rawValue):\(subject.utf8.count):\(subject):\(name)"
        var bits = 0
        var held: UInt16 = 0
        var characters = ""
        for byte in keyed.code(of: text) {
            (held, bits) = (held << 8 | UInt16(byte), bits + 8)
            while bits >= 5, characters.utf8.count < Self.length {
                bits -= 5
                characters.append(Self.alphabet[Int(held >> UInt16(bits) & 31)])
            }
        }
        return "\(kind.rawValue)_\(characters)"
    }

    private static func makeSecret(in store: Store) throws -> String {
        let fresh = Data(Bytes.random(32)).base64EncodedString()
        return try store.writeNow { transaction in
            try transaction.execute(
                "INSERT INTO name_secrets (name, secret) VALUES ('ids', $1) ON CONFLICT (name) DO NOTHING",
                [.text(fresh)]
            )
            return try secret(in: transaction) ?? fresh
        }
    }

    private static func secret(in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT secret FROM name_secrets WHERE name = 'ids'") { try $0.text("secret") }
    }
}
