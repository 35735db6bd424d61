import JSONRPC
import Vocabulary

/// Inputs from connections.
extension FuzzTarget {
    private static let requests: [String] = [
        #"{"jsonrpc":"2.0","id":1,"method":"echo","params":{"text":"x","n":[1,2.50,-1e3],"o":{"a":null,"b":true}}}"#,
        #"[{"jsonrpc":"2.0","id":"a","method":"echo"},{"jsonrpc":"2.0","method":"echo","params":[1]}]"#,
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"\\u00e4\\ud83d\\ude00\\n\"}\r\n{}\n\n[]\n",
        "\r\n\r\n{\"a\":\"\\\"\\\\/\\b\\f\"}\r\n1\ntrue\n\"\"\n",
    ]

    /// The splitting of a stream into lines, which must not depend on its pieces and must respect the limit.
    static let lines = FuzzTarget(name: "lines", corpus: { _ in requests.map { Array($0.utf8) } }) { bytes in
        let limit = 1 + Int(bytes.first ?? 0)
        var whole = LineFramer(limit: limit)
        var expected: [[UInt8]] = []
        whole.append(bytes, to: &expected)
        whole.finish(to: &expected)
        var framer = LineFramer(limit: limit)
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        var size = 1
        while !rest.isEmpty {
            framer.append(Array(rest.prefix(size)), to: &lines)
            rest = rest.dropFirst(size)
            size = size % 7 + 1
            require(framer.heldBytes <= limit + 1, "an unfinished line is held beyond the limit")
        }
        framer.finish(to: &lines)
        require(lines == expected && framer.isTooLong == whole.isTooLong, "the result depends on the pieces")
        require(lines.allSatisfy { $0.count <= limit && !$0.isEmpty }, "a line is over the limit")
    }

    /// JSON, which must be equal after being read and written again.
    static let json = FuzzTarget(
        name: "json",
        corpus: { root in
            requests.map { Array($0.utf8) } + files(root, "Integration", [".json"])
        }
    ) { bytes in
        guard let value = try? JSON(parsing: bytes) else { return }
        let written = value.serialized()
        guard let again = try? JSON(parsing: written) else { return require(false, "what was written cannot be read") }
        require(again == value && again.serialized() == written, "what was written differs from what was read")
        require(!written.contains(10), "a line of JSON contains a line break")
    }

    /// Lines from a client, which must be answered with JSON or not at all.
    static let dispatcher = FuzzTarget(name: "dispatcher", corpus: { _ in requests.map { Array($0.utf8) } }) { bytes in
        var dispatcher = Dispatcher<Int>()
        dispatcher.registerDiscovery(info: .init(title: "F", version: "1", summary: "Fuzzed."))
        var answers: [RPCAnswer?] = []
        func collect(_ reception: Reception) {
            if case .finished(let answer) = reception { answers.append(answer) }
        }
        switch dispatcher.receive(bytes, context: 0) {
        case .message(let reception): collect(reception)
        case .batch(let messages): for message in messages { collect(dispatcher.receive(message, context: 0)) }
        }
        for answer in answers.compactMap({ $0 }) + [RPCAnswer.batch(answers)].compactMap({ $0 }) {
            require((try? JSON(parsing: answer.bytes)) != nil, "an answer is not JSON")
        }
    }
}
