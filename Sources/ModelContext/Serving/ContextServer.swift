import FrontlineProtocol
import JSONRPC
import Vocabulary

/// Answers the requests of assistants with the methods of the product.
///
/// It keeps nothing between requests: no session, no state of a request that the client would have to bring back, no subscription.
/// What it offers (tools, articles, scripts) is what the methods show to the caller.
///
/// ## Topics
/// - ``answer(_:in:)``
/// - ``ContextHost``
/// - ``ContextStream`` and ``ContextPost``, the two doors
package struct ContextServer<Host: ContextHost>: Sendable {
    /// How a request is answered.
    typealias Method = @Sendable (Self, ContextMessage, ContextRevision) async throws -> JSONObject

    let host: Host
    let version: String

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - host: where the methods are called.
    ///   - version: the version of the product.
    package init(host: Host, version: String) { (self.host, self.version) = (host, version) }

    /// Answers a request, whose `_meta` has been checked where the revision needs it.
    ///
    /// - Parameters:
    ///   - message: the request; a notification is not answered.
    ///   - revision: the revision that it is in.
    /// - Returns: the answer; nil for a notification.
    package func answer(_ message: ContextMessage, in revision: ContextRevision) async -> ContextAnswer? {
        guard let id = message.id else { return nil }
        guard let method = Self.method(message.method, in: revision) else {
            return .failure(id: id, .unknownMethod(message.method))
        }
        do {
            var result = try await method(self, message, revision)
            if revision == .stateless {
                result["resultType"] = "complete"
                result["_meta"] = [ContextMeta.server: identity]
            }
            return .result(id: id, result)
        } catch let failure as ContextFailure {
            return .failure(id: id, failure)
        } catch let error as RPCError {
            return .failure(id: id, ContextFailure(error))
        } catch is CancellationError {
            return .failure(id: id, .internalError("The request was cancelled"))
        } catch {
            return .failure(id: id, .internalError("\(error)"))
        }
    }

    /// The method of a name; nil for one that the revision does not have.
    private static func method(_ name: String, in revision: ContextRevision) -> Method? {
        switch (name, revision) {
        case ("server/discover", .stateless): { server, _, _ in try await server.discover() }
        case ("initialize", .handshake): { server, message, _ in try await server.initialize(message) }
        case ("ping", .handshake): { _, _, _ in JSONObject() }
        case ("tools/list", _): { try await $0.listTools($1, $2) }
        case ("tools/call", _): { server, message, _ in try await server.callTool(message) }
        case ("resources/list", _): { try await $0.listResources($1, $2) }
        case ("resources/templates/list", _): { try $0.listTemplates($1, $2) }
        case ("resources/read", _): { try await $0.readResource($1, $2) }
        case ("prompts/list", _): { try await $0.listPrompts($1, $2) }
        case ("prompts/get", _): { server, message, _ in try await server.prompt(message) }
        default: nil
        }
    }

    // MARK: What this server is

    private var identity: JSON { ["name": "frontline", "title": "Frontline", "version": .string(version)] }

    private static var capabilities: JSON { ["tools": [:], "resources": [:], "prompts": [:]] }

    /// The instructions; everything else is known without asking anybody.
    private func instructions() async throws -> String {
        // The name that no tool has spares the description of all of them.
        try await host.call(ToolList.self, .init(name: "")).instructions
    }

    private func discover() async throws -> JSONObject {
        let result: JSONObject = [
            "supportedVersions": .array(ContextRevision.names.map(JSON.string)), "capabilities": Self.capabilities,
            "instructions": .string(try await instructions()),
        ]
        return Self.cacheable(result, in: .stateless, for: .minutes(5))
    }

    private func initialize(_ message: ContextMessage) async throws -> JSONObject {
        guard message.params["protocolVersion"]?.string != nil else {
            throw ContextFailure.invalidParams("params.protocolVersion is a text")
        }
        guard message.params["capabilities"]?.object != nil, message.params["clientInfo"]?.object != nil else {
            throw ContextFailure.invalidParams("params.capabilities and params.clientInfo are objects")
        }
        // A client that asked for another revision decides whether it can speak this one.
        return [
            "protocolVersion": .string(ContextRevision.handshake.rawValue), "capabilities": Self.capabilities,
            "serverInfo": identity, "instructions": .string(try await instructions()),
        ]
    }

    // MARK: What results share

    /// How long clients may keep a result.
    enum Lifetime {
        case seconds(Int)
        case minutes(Int)

        var milliseconds: Int {
            switch self {
            case .seconds(let count): count * 1_000
            case .minutes(let count): count * 60_000
            }
        }
    }

    /// A result with what clients are told about keeping it: for themselves only, because it depends on who asks.
    static func cacheable(_ result: JSONObject, in revision: ContextRevision, for time: Lifetime) -> JSONObject {
        guard revision == .stateless else { return result }
        var result = result
        result["ttlMs"] = .number(JSONNumber(time.milliseconds))
        result["cacheScope"] = "private"
        return result
    }

    /// The cursor of a request for a list; nil for its beginning.
    static func cursor(_ message: ContextMessage) throws(ContextFailure) -> String? {
        switch message.params["cursor"] {
        case nil: return nil
        case .string(let text): return text
        default: throw .invalidParams("params.cursor is a text")
        }
    }

    /// Refuses a cursor for a list that has one page.
    static func checkOnlyPage(_ message: ContextMessage) throws(ContextFailure) {
        guard try cursor(message) == nil else { throw .invalidParams("params.cursor: this server gave no such cursor") }
    }

    /// Refuses what a client would bring back after it was asked for more, since nobody is asked.
    static func checkIsFirst(_ message: ContextMessage) throws(ContextFailure) {
        guard message.params["requestState"] == nil, message.params["inputResponses"] == nil else {
            throw .invalidParams("requestState and inputResponses were not asked for by this server")
        }
    }

    /// A text among the parameters.
    static func text(_ name: String, of message: ContextMessage) throws(ContextFailure) -> String {
        guard let text = message.params[name]?.string, !text.isEmpty else {
            throw .invalidParams("params.\(name) is a text")
        }
        return text
    }
}
