public import Vocabulary

/// Writes the messages of JSON-RPC 2.0, each as one line without its line break.
public enum RPCMessage {
    /// A request that wants an answer.
    public static func request(id: JSON, method: String, params: JSON?) -> [UInt8] {
        var bytes = opening
        write("method", .string(method), into: &bytes)
        if let params {
            write("params", params, into: &bytes)
        }
        write("id", id, into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// A request that wants no answer, or a message of the server.
    public static func notification(method: String, params: JSON?) -> [UInt8] {
        var bytes = opening
        write("method", .string(method), into: &bytes)
        if let params {
            write("params", params, into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// The answer of a request that succeeded.
    public static func response(id: JSON, result: JSON) -> [UInt8] {
        var bytes = opening
        // In one step: an array that grows by doubling leaves as much behind as it holds.
        bytes.reserveCapacity(result.approximateCount + 128)
        write("result", result, into: &bytes)
        write("id", id, into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// The answer of a request that succeeded with a value that is written already.
    static func response(id: JSON, result: SharedBytes) -> RPCAnswer {
        var head = opening
        head.append(contentsOf: #","result":"#.utf8)
        var tail: [UInt8] = []
        write("id", id, into: &tail)
        tail.append(UInt8(ascii: "}"))
        return .pieces([.own(head), .shared(result), .own(tail)])
    }

    /// The answer of a request that failed; the id is null when the request was too broken to have one.
    public static func response(id: JSON, error: RPCError, includingData: Bool = true) -> [UInt8] {
        var bytes = opening
        write("error", error.json(includingData: includingData), into: &bytes)
        write("id", id, into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static var opening: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        bytes.append(contentsOf: #"{"jsonrpc":"2.0""#.utf8)
        return bytes
    }

    private static func write(_ name: StaticString, _ value: JSON, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: ",\"".utf8)
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: "\":".utf8)
        value.serialize(into: &bytes)
    }
}
