import Digests
import Foundation

/// Signs bodies as Standard Webhooks 1.0.0 says: `v1,` and the Base64 of HMAC-SHA256 over `id.timestamp.body`.
package struct WebhookSignature: Sendable {
    /// What a secret begins with, before its Base64.
    package static let prefix = "whsec_"
    /// How many bytes a secret has.
    package static let bytes = 24...64

    private let keys: [KeyedDigest]

    /// Takes the secrets, each of which signs; nil where there is none, or one that is not of the standard's form.
    package init?(_ secrets: [String]) {
        let keys = secrets.map { Self.key($0).map { KeyedDigest(key: $0) } }
        guard !keys.isEmpty, !keys.contains(where: { $0 == nil }) else { return nil }
        self.keys = keys.compactMap(\.self)
    }

    /// The bytes of a secret.
    private static func key(_ secret: String) -> [UInt8]? {
        guard secret.hasPrefix(prefix), let data = Data(base64Encoded: String(secret.dropFirst(prefix.count))),
            bytes.contains(data.count)
        else { return nil }
        return Array(data)
    }

    /// A new secret of 32 random bytes.
    package static func newSecret() -> String { prefix + Bytes.base64(Bytes.random(32)) }

    /// The header lines of an attempt.
    ///
    /// - Parameters:
    ///   - id: the event's id, which is the same in every attempt.
    ///   - seconds: the time of the attempt, in seconds since 1970.
    ///   - body: the body, as it is sent.
    /// - Returns: id, time and signatures.
    package func headers(id: String, seconds: Int64, body: String) -> [String] {
        let signed = "\(id).\(seconds).\(body)"
        let signatures = keys.map { "v1," + Bytes.base64($0.code(of: signed)) }
        return [
            "webhook-id: \(id)", "webhook-timestamp: \(seconds)",
            "webhook-signature: \(signatures.joined(separator: " "))",
        ]
    }
}

/// Where secrets are read.
package protocol WebhookSecrets: Sendable {
    /// The text of a secret; nil where there is none, or it cannot be read.
    func secret(at place: Webhook.SecretPlace) -> String?
}

/// The secrets of this process and its machine.
package struct SystemSecrets: WebhookSecrets {
    private static let longest = 4_096

    package init() {}

    package func secret(at place: Webhook.SecretPlace) -> String? {
        switch place {
        case .environment(let name): ProcessInfo.processInfo.environment[name]
        case .file(let path): Self.contents(of: path)
        }
    }

    /// The only line of a small regular file: anything else could block the reader.
    private static func contents(of path: String) -> String? {
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let kind = try? FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType,
            kind == .typeRegular, let file = FileHandle(forReadingAtPath: place)
        else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: longest), let text = String(data: data, encoding: .utf8) else {
            return nil
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
