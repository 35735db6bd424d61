import Foundation
import JSONRPC
import Vocabulary

/// A message that was posted: what is done for it, and with which status it is answered.
///
/// Headers repeat parts of the message for whoever stands between. They must say the same, since otherwise what was let through
/// and what is done could be two different things.
package struct ContextPost: Sendable {
    /// A request or notification.
    package let message: ContextMessage
    /// The revision that it is in.
    package let revision: ContextRevision

    /// A message that is not taken.
    package struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// The status of HTTP.
        package let status: Int
        /// The answer.
        package let answer: ContextAnswer

        package var description: String { String(decoding: answer.bytes, as: UTF8.self) }
    }

    /// The headers that repeat parts of the message, by the name in small letters.
    package static let headers = ["mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id"]

    /// Decides about a message.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - header: the values of a header, by its name in small letters.
    /// - Throws: ``Refusal``.
    package init(_ body: [UInt8], header: (String) -> [String]) throws(Refusal) {
        do throws(ContextMessage.Fault) {
            message = try ContextMessage(parsing: body)
        } catch {
            throw Refusal(status: 400, answer: .failure(id: error.id, error.failure))
        }
        do throws(ContextFailure) {
            revision = try Self.revision(of: message, header)
        } catch {
            throw Refusal(status: 400, answer: .failure(id: message.id, error))
        }
        // None was given out, so it was another server's, or was made up.
        if revision == .handshake, !header("mcp-session-id").isEmpty {
            let failure = ContextFailure.invalidRequest("there is no such session; this server has none")
            throw Refusal(status: 404, answer: .failure(id: message.id, failure))
        }
    }

    /// The status of an answer.
    package func status(of answer: ContextAnswer) -> Int {
        guard revision == .stateless, case .failure(_, let failure) = answer else { return 200 }
        return failure.code == RPCErrorDefinition.methodNotFound.code ? 404 : 200
    }

    // MARK: Which revision it is

    private static func revision(
        of message: ContextMessage,
        _ header: (String) -> [String]
    ) throws(ContextFailure) -> ContextRevision {
        let versions = header("mcp-protocol-version")
        guard versions.count <= 1 else { throw .headerMismatch("MCP-Protocol-Version is there more than once") }
        let version = versions.first
        if message.saysItsVersion || version == ContextRevision.stateless.rawValue {
            try checkVersion(message, version)
            // Headers of notifications are not defined.
            if message.id != nil { try checkHeaders(message, header) }
            return .stateless
        }
        if message.method == "initialize" { return .handshake }
        guard let version else { throw .headerMismatch("the header MCP-Protocol-Version is missing") }
        guard version == ContextRevision.handshake.rawValue else { throw .unsupportedVersion(version) }
        return .handshake
    }

    private static func checkVersion(_ message: ContextMessage, _ version: String?) throws(ContextFailure) {
        guard let version else { throw .headerMismatch("the header MCP-Protocol-Version is missing") }
        // A notification may come without `_meta`; nothing is done for it.
        guard message.id != nil else { return }
        guard let said = message.meta(ContextMeta.version)?.string else { throw ContextEnvelope.missing }
        guard said == version else {
            throw .headerMismatch("MCP-Protocol-Version is not the version in params._meta")
        }
        try ContextEnvelope.check(message)
    }

    private static func checkHeaders(
        _ message: ContextMessage,
        _ header: (String) -> [String]
    ) throws(ContextFailure) {
        guard header("mcp-method") == [message.method] else {
            throw .headerMismatch("Mcp-Method is there once and names the method of the message")
        }
        let member: String
        switch message.method {
        case "tools/call", "prompts/get": member = "name"
        case "resources/read": member = "uri"
        default: return
        }
        let names = header("mcp-name")
        guard let name = names.first, names.count == 1, let said = Self.decoded(name) else {
            throw .headerMismatch("Mcp-Name is there once and can be read")
        }
        guard message.params[member]?.string == said else {
            throw .headerMismatch("Mcp-Name does not say what params.\(member) says")
        }
    }

    /// The value of a header, which is in Base64 where it could not stand as it is; nil for what is not well encoded.
    static func decoded(_ value: String) -> String? {
        let (start, end) = ("=?base64?", "?=")
        guard value.hasPrefix(start), value.hasSuffix(end), value.utf8.count >= start.utf8.count + end.utf8.count
        else { return value.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } ? value : nil }
        let digits = String(value.dropFirst(start.count).dropLast(end.count))
        guard let data = Data(base64Encoded: digits) else { return nil }
        return String(validating: data, as: UTF8.self)
    }
}
