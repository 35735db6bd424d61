public import Vocabulary

/// Writes an OpenRPC 1.2.6 document from the definitions of methods.
///
/// The document describes every method with its parameters by name, its result and its errors; the messages that the
/// server sends without a request are in `x-notifications`, because OpenRPC does not define them.
public enum OpenRPCDocument {
    /// What the interface is called.
    public struct Info: Sendable {
        /// The name of the interface.
        public let title: String
        /// Its version.
        public let version: String
        /// What it is for.
        public let summary: String

        /// Describes an interface.
        public init(title: String, version: String, summary: String) {
            self.title = title
            self.version = version
            self.summary = summary
        }
    }

    /// Where the interface is reached.
    public struct Server: Sendable, Hashable {
        /// The name of the way.
        public let name: String
        /// The address, which may be relative to the one where the document was found.
        public let url: String
        /// What is spoken there.
        public let summary: String

        /// Describes a way to the interface.
        public init(name: String, url: String, summary: String) {
            self.name = name
            self.url = url
            self.summary = summary
        }
    }

    /// Writes the document; servers, methods and notifications keep their order.
    public static func make(
        info: Info,
        servers: [Server] = [],
        methods: [any RPCMethod.Type],
        notifications: [any RPCNotification.Type] = []
    ) -> JSON {
        var schemas = JSONSchema.Collection(prefix: "#/components/schemas/")
        let described = methods.map { method($0, &schemas) }
        let messages = notifications.map { notification($0, &schemas) }
        var document: JSONObject = [
            "openrpc": "1.2.6",
            "info": [
                "title": .string(info.title), "version": .string(info.version), "description": .string(info.summary),
            ],
            "methods": .array(described),
        ]
        if !servers.isEmpty {
            document["servers"] = .array(
                servers.map { ["name": .string($0.name), "url": .string($0.url), "summary": .string($0.summary)] }
            )
        }
        if !messages.isEmpty {
            document["x-notifications"] = .array(messages)
        }
        document["components"] = ["schemas": .object(schemas.definitions)]
        return .object(document)
    }

    private static func method<M: RPCMethod>(_ type: M.Type, _ schemas: inout JSONSchema.Collection) -> JSON {
        var object: JSONObject = ["name": .string(M.name), "summary": .string(M.summary)]
        if !M.details.isEmpty {
            object["description"] = .string(M.details)
        }
        object["paramStructure"] = M.positionalParameters.isEmpty ? "by-name" : "either"
        object["params"] = .array(descriptors(of: M.Params.self, M.parameters, &schemas))
        object["result"] = ["name": "result", "schema": schemas.schema(of: M.Result.self)]
        let errors = M.errors.map { error -> JSON in
            [
                "code": .number(JSONNumber(error.code)), "message": .string(error.summary),
                "data": ["code": .string(error.name)],
            ]
        }
        if !errors.isEmpty {
            object["errors"] = .array(errors)
        }
        for (name, value) in M.extensions.sorted(by: { $0.key < $1.key }) {
            object[name] = value
        }
        return .object(object)
    }

    private static func notification<N: RPCNotification>(
        _ type: N.Type,
        _ schemas: inout JSONSchema.Collection
    ) -> JSON {
        [
            "name": .string(N.name), "summary": .string(N.summary),
            "params": .array(descriptors(of: N.Params.self, [:], &schemas)),
        ]
    }

    private static func descriptors<P: Decodable>(
        of type: P.Type,
        _ documentation: [String: String],
        _ schemas: inout JSONSchema.Collection
    ) -> [JSON] {
        (schemas.members(of: type) ?? []).map { member in
            var object: JSONObject = ["name": .string(member.name)]
            object["description"] = documentation[member.name].map(JSON.string)
            object["required"] = .bool(member.isRequired)
            object["schema"] = member.schema
            return .object(object)
        }
    }
}
