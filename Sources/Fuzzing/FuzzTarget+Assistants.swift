import ModelContext
import Vocabulary

extension FuzzTarget {
    private static let envelope = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
        """

    /// Messages of assistants, line by line and posted with the headers that fit an honest one.
    static let assistants = FuzzTarget(
        name: "assistants",
        corpus: { _ in
            [
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"knowledge.get",\#(envelope)}}"#,
                #"{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":"frontline://articles/en/x%20y",\#(envelope)}}"#,
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#,
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
                #"{"jsonrpc":"2.0","id":2,"method":"prompts/get","params":{"name":"late-delivery","arguments":{"situation":"x"}}}"#,
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        var stream = ContextStream()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            switch stream.receive(Array(line)) {
            case .serve(let message, let revision):
                require(message.id != nil, "a notification is to be answered")
                if let id = message.id { _ = stream.end(id) }
                require(
                    revision != .stateless || message.params["_meta"] != nil,
                    "a request without its version is served"
                )
            case .write(let answer):
                require(!answer.bytes.contains(UInt8(ascii: "\n")), "an answer is more than a line")
            case .none: break
            }
        }
        let honest = [
            "mcp-protocol-version": ["2026-07-28"], "mcp-method": ["tools/call"], "mcp-name": ["knowledge.get"],
        ]
        if let post = try? ContextPost(bytes, header: { honest[$0] ?? [] }), post.message.id != nil {
            require(post.revision == .stateless && post.message.method == "tools/call", "the headers are not compared")
            require(post.message.params["name"] == "knowledge.get", "the name is not compared")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let post = try? ContextPost(Array(honestCall.utf8), header: { $0 == "mcp-name" ? [text] : honest[$0] ?? [] })
        {
            require(post.message.params["name"] == "knowledge.get", "a name is taken for another")
        }
        if let address = ContextAddress(text) { require(address.text == text, "a resource has two addresses") }
    }

    private static let honestCall =
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"knowledge.get",\#(envelope)}}"#

    /// Files of tools, and the words of prompts.
    static let tools = FuzzTarget(name: "tools", corpus: { files($0, "rules", ["tools.yaml"]) }) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let book = try? ToolBook(yaml: text, file: "fuzzed.yaml") {
            require(!book.entries.isEmpty, "a file without tools is taken")
            for entry in book.entries { require(ToolEffect.ofMethods[entry.method] != nil, "a tool has no effect") }
        }
        let filled = (try? ScriptPrompt(text))?.text([.title: "{{situation}}", .script: "x"])
        require(filled?.contains("{{title}}") != true, "a placeholder is left")
    }
}
