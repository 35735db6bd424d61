import JSONRPC
import PublicData
import Synchronization
import Testing
import Vocabulary

private enum Subtract: RPCMethod {
    struct Params: Codable, Sendable {
        let minuend: Int
        let subtrahend: Int
    }
    typealias Result = Int

    static let name = "subtract"
    static let summary = "Takes one number from another."
    static let parameters = ["minuend": "From this."]
    static let errors = [RPCErrorDefinition(code: 1_004, name: "conflict", summary: "It is so already")]
    static let extensions: [String: JSON] = ["x-roles": ["agent"]]
    static let positionalParameters = ["minuend", "subtrahend"]

    static func validate(_ params: Params) throws(RPCError) {
        guard params.minuend < 1_000 else {
            throw RPCError.invalidParams(path: "params.minuend", expected: "an integer below 1000")
        }
    }
}

private enum Named: RPCMethod {
    typealias Params = Subtract.Params
    typealias Result = NoParams
    static let name = "named"
    static let summary = "Takes names only."
}

private struct Failure: Error {}

@Suite struct DispatcherTests {
    private static func dispatcher(
        hooks: DispatchHooks<String> = DispatchHooks(),
        includesErrorData: Bool = true
    ) -> Dispatcher<String> {
        var options = DispatchOptions()
        options.includesErrorData = includesErrorData
        var dispatcher = Dispatcher<String>(hooks: hooks, options: options)
        dispatcher.register(Subtract.self) { params, _ in params.minuend - params.subtrahend }
        dispatcher.register(Named.self, immediate: { _, _ in NoParams() })
        dispatcher.register(name: "sum") { params, _ in
            .number(JSONNumber((params?.array ?? []).compactMap(\.int).reduce(0, +)))
        }
        dispatcher.register(name: "get_data") { _, _ in ["hello", 5] }
        dispatcher.register(name: "update") { _, _ in .null }
        dispatcher.register(name: "fail") { _, _ in throw Failure() }
        dispatcher.register(name: "refuse") { _, _ in throw RPCError(Subtract.errors[0], details: 7) }
        return dispatcher
    }

    private static func answer(_ line: String, _ dispatcher: Dispatcher<String> = dispatcher()) async throws -> JSON? {
        try await dispatcher.handle(Array(line.utf8), context: "me").map { try JSON(parsing: $0) }
    }

    @Test(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
    func answersTheExamplesOfTheSpecification() async throws {
        let examples = try #require(try JSON(parsing: PublicData.bytes("json/jsonrpc-spec/examples.json")).array)
        #expect(examples.count >= 15)
        let dispatcher = Self.dispatcher(includesErrorData: false)
        for example in examples {
            let line = try #require(example["request"]?.string)
            let answer = try await Self.answer(line, dispatcher)
            #expect(answer ?? .null == example["response"], "\(example["name"] ?? .null)")
        }
    }

    @Test(arguments: [
        ("{", -32700, "parse_error", JSON.null),
        (#"{"jsonrpc":"2.0","id":1}"#, -32600, "invalid_request", 1),
        (#"{"jsonrpc":"1.0","method":"named","id":"a"}"#, -32600, "invalid_request", "a"),
        (#"{"jsonrpc":"2.0","method":"named","id":[1]}"#, -32600, "invalid_request", .null),
        (#"{"jsonrpc":"2.0","method":"named","id":true}"#, -32600, "invalid_request", .null),
        (#"{"jsonrpc":"2.0","method":"named","params":"x","id":1}"#, -32600, "invalid_request", 1),
        (#""hello""#, -32600, "invalid_request", .null),
        (#"{"jsonrpc":"2.0","method":"nothing","id":1.50}"#, -32601, "method_not_found", 1.5),
        (#"{"jsonrpc":"2.0","method":"named","params":[1,2],"id":1}"#, -32602, "invalid_params", 1),
        (#"{"jsonrpc":"2.0","method":"named","id":1}"#, -32602, "invalid_params", 1),
        (#"{"jsonrpc":"2.0","method":"subtract","params":[1,2,3],"id":1}"#, -32602, "invalid_params", 1),
        (#"{"jsonrpc":"2.0","method":"subtract","params":[1000,2],"id":1}"#, -32602, "invalid_params", 1),
        (#"{"jsonrpc":"2.0","method":"fail","id":null}"#, -32603, "internal_error", .null),
        (#"{"jsonrpc":"2.0","method":"refuse","id":1}"#, 1_004, "conflict", 1),
    ])
    func answersErrorsWithTheirCodes(line: String, code: Int, name: String, id: JSON) async throws {
        let answer = try #require(try await Self.answer(line))
        #expect(answer["error"]?["code"]?.int == code)
        #expect(answer["error"]?["data"]?["code"]?.string == name)
        #expect(answer["id"]?.double == id.double && answer["id"]?.string == id.string)
        #expect(answer["result"] == nil)
    }

    @Test func anIdComesBackAsItWasWritten() async throws {
        let line = #"{"jsonrpc":"2.0","method":"get_data","id":1.50}"#
        let answer = await Self.dispatcher().handle(Array(line.utf8), context: "me")
        #expect(
            answer.map { String(decoding: $0, as: UTF8.self) } == #"{"jsonrpc":"2.0","result":["hello",5],"id":1.50}"#
        )
    }

    @Test func namesTheParameterAtFault() async throws {
        let line = #"{"jsonrpc":"2.0","method":"named","params":{"minuend":1,"subtrahend":2,"minued":3},"id":1}"#
        let answer = try await Self.answer(line)
        #expect(answer?["error"]?["data"]?["path"] == "params.minued")
        #expect(answer?["error"]?["data"]?["expected"] == #"one of the members "minuend", "subtrahend""#)
    }

    @Test func absentAndNullParametersAreTheSame() async throws {
        for line in [
            #"{"jsonrpc":"2.0","method":"get_data","id":1}"#,
            #"{"jsonrpc":"2.0","method":"get_data","params":null,"id":1}"#,
        ] {
            #expect(try await Self.answer(line)?["result"] == ["hello", 5])
        }
    }

    @Test func failuresOfHandlersStayInside() async throws {
        let reported = Mutex<[String]>([])
        var hooks = DispatchHooks<String>()
        hooks.report = { method, error, context in reported.withLock { $0.append("\(method) \(error) \(context)") } }
        let answer = try await Self.answer(#"{"jsonrpc":"2.0","method":"fail","id":1}"#, Self.dispatcher(hooks: hooks))
        #expect(answer?["error"] == ["code": -32603, "message": "Internal error", "data": ["code": "internal_error"]])
        #expect(reported.withLock { $0 } == ["fail Failure() me"])
    }

    @Test func errorsOfModulesAreTranslated() async throws {
        var hooks = DispatchHooks<String>()
        hooks.translate = { $0 is Failure ? RPCError(code: 1_007, message: "later", data: nil) : nil }
        let answer = try await Self.answer(#"{"jsonrpc":"2.0","method":"fail","id":1}"#, Self.dispatcher(hooks: hooks))
        #expect(answer?["error"] == ["code": 1_007, "message": "later"])
    }

    @Test func theGateComesBeforeTheParameters() async throws {
        var hooks = DispatchHooks<String>()
        hooks.gate = { _, extensions, context throws(RPCError) in
            if let roles = extensions["x-roles"], roles[0]?.string != context {
                throw RPCError(code: 1_002, message: "forbidden", data: nil)
            }
            return context
        }
        let answer = try await Self.answer(
            #"{"jsonrpc":"2.0","method":"subtract","params":7,"id":1}"#,
            Self.dispatcher(hooks: hooks)
        )
        #expect(answer?["error"]?["code"] == -32600)
        let forbidden = try await Self.answer(
            #"{"jsonrpc":"2.0","method":"subtract","params":{"x":1},"id":1}"#,
            Self.dispatcher(hooks: hooks)
        )
        #expect(forbidden?["error"]?["code"] == 1_002)
    }

    @Test func whatTheGateReturnsTravelsWithTheRequest() async throws {
        let name = Mutex("first")
        var hooks = DispatchHooks<String>()
        hooks.gate = { _, _, context throws(RPCError) in context + " as " + name.withLock { $0 } }
        var dispatcher = Dispatcher<String>(hooks: hooks)
        dispatcher.register(name: "who") { _, context in .string(context) }
        let line = RPCMessage.request(id: 1, method: "who", params: nil)
        guard case .message(.pending(let work)) = dispatcher.receive(line, context: "me") else {
            throw CancellationError()
        }
        name.withLock { $0 = "second" }
        #expect(try JSON(parsing: try #require(await work.run()).bytes)["result"] == "me as first")
    }

    @Test func aBarrierIsNeverDoneWhereItsLineIsReceived() throws {
        var hooks = DispatchHooks<String>()
        hooks.barriers = ["named"]
        let params: JSON = ["minuend": 1, "subtrahend": 2]
        let line = RPCMessage.request(id: 1, method: "named", params: params)
        guard case .message(.pending(let work)) = Self.dispatcher(hooks: hooks).receive(line, context: "me") else {
            throw CancellationError()
        }
        #expect(work.isBarrier)
    }

    @Test func aBatchIsAnsweredInItsOwnOrder() async throws {
        let members = (0..<100).map { #"{"jsonrpc":"2.0","method":"sum","params":[\#($0)],"id":\#($0)}"# }
        let answer = try await Self.answer("[" + members.joined(separator: ",") + "]")
        #expect(answer?.array?.map { $0["result"]?.int } == (0..<100).map { $0 })
        let tooMany = "[" + (members + members).joined(separator: ",") + "]"
        #expect(try await Self.answer(tooMany)?["error"]?["code"] == -32600)
    }

    @Test func theDocumentIsHeldOnceForAllItsAnswers() throws {
        var dispatcher = Self.dispatcher()
        dispatcher.registerDiscovery(info: .init(title: "Test", version: "1", summary: "For tests."))
        let answers = (0..<3).map { id -> RPCAnswer? in
            let message: JSON = ["jsonrpc": "2.0", "method": "rpc.discover", "id": .number(JSONNumber(id))]
            guard case .finished(let answer) = dispatcher.receive(message, context: "me") else { return nil }
            return answer
        }
        let batch = try #require(RPCAnswer.batch(answers))
        #expect(batch.ownCount < 200 && batch.count > 3 * 500)
        #expect(batch.bytes.count == batch.count)
        let values = try #require(try JSON(parsing: batch.bytes).array)
        #expect(values.map { $0["id"]?.int } == [0, 1, 2])
        #expect(Set(values.map { $0["result"]?["openrpc"] }) == ["1.2.6"])
    }

    @Test func workThatNobodyWantsAnyMoreIsDroppedWhenItsTurnComes() async throws {
        let done = Mutex(0)
        var dispatcher = Dispatcher<String>()
        dispatcher.register(name: "work") { _, _ in
            done.withLock { $0 += 1 }
            return .null
        }
        let message: JSON = ["jsonrpc": "2.0", "method": "work", "id": 1]
        guard case .pending(let work) = dispatcher.receive(message, context: "me") else { throw CancellationError() }
        #expect(await work.run(while: { false }) == nil)
        #expect(done.withLock { $0 } == 0)
    }

    @Test func aMessageThatIsNotTakenUpIsRefusedWithItsID() throws {
        let dispatcher = Self.dispatcher()
        let busy = RPCError(code: 1_006, message: "busy", data: nil)
        let request: JSON = ["jsonrpc": "2.0", "method": "named", "id": "x"]
        let refusal = try JSON(parsing: try #require(dispatcher.refusal(of: request, busy)).bytes)
        #expect(refusal["id"] == "x" && refusal["error"]?["code"] == 1_006)
        #expect(dispatcher.refusal(of: ["jsonrpc": "2.0", "method": "named"], busy) == nil)
        #expect(try JSON(parsing: try #require(dispatcher.refusal(of: 1, busy)).bytes)["error"]?["code"] == -32600)
    }

    @Test func observesEveryCall() async throws {
        let seen = Mutex<[DispatchObservation]>([])
        let time = Mutex<UInt64>(0)
        var hooks = DispatchHooks<String>()
        hooks.observe = { observation in seen.withLock { $0.append(observation) } }
        hooks.nanoseconds = {
            time.withLock { now in
                now += 5
                return now
            }
        }
        let dispatcher = Self.dispatcher(hooks: hooks)
        _ = try await Self.answer(#"{"jsonrpc":"2.0","method":"update"}"#, dispatcher)
        _ = try await Self.answer(#"{"jsonrpc":"2.0","method":"nothing"}"#, dispatcher)
        _ = try await Self.answer("?", dispatcher)
        let observed = seen.withLock { $0 }
        #expect(observed.map(\.method) == ["update", "unknown", "unknown"])
        #expect(observed.map(\.errorCode) == [nil, -32601, -32700])
        #expect(observed[0].nanoseconds == 5)
    }

    @Test func describesItselfAsOpenRPC() async throws {
        var dispatcher = Self.dispatcher()
        dispatcher.registerDiscovery(
            info: .init(title: "Test", version: "1", summary: "For tests."),
            servers: [.init(name: "lines", url: "tcp://127.0.0.1:7411", summary: "One message a line")]
        )
        let answer = try await Self.answer(#"{"jsonrpc":"2.0","method":"rpc.discover","id":1}"#, dispatcher)
        let document = try #require(answer?["result"])
        #expect(document["openrpc"] == "1.2.6")
        #expect(
            document["servers"] == [
                ["name": "lines", "url": "tcp://127.0.0.1:7411", "summary": "One message a line"]
            ]
        )
        let method = try #require(document["methods"]?[0])
        #expect(method["name"] == "subtract")
        #expect(method["x-roles"] == ["agent"])
        #expect(
            method["params"]?[0] == [
                "name": "minuend", "description": "From this.", "required": true, "schema": ["type": "integer"],
            ]
        )
        #expect(
            method["errors"]?[0] == [
                "code": 1_004, "message": "It is so already", "data": ["code": "conflict"],
            ]
        )
        #expect(method["result"]?["schema"] == ["type": "integer"])
        #expect(document["methods"]?.array?.count == 2)
    }

    @Test func survivesMutatedRequests() async throws {
        var random = SeededGenerator(seed: 9)
        let seeds = [
            #"{"jsonrpc":"2.0","method":"subtract","params":{"minuend":1,"subtrahend":2},"id":1}"#,
            #"[{"jsonrpc":"2.0","method":"sum","params":[1],"id":"a"},{"jsonrpc":"2.0","method":"update"},1]"#,
        ]
        let dispatcher = Self.dispatcher()
        for round in 0..<3_000 {
            var line = Array(seeds[round % 2].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                switch Int.random(in: 0..<3, using: &random) {
                case 0: line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                case 1: line.remove(at: Int.random(in: 0..<line.count, using: &random))
                default:
                    let start = Int.random(in: 0..<line.count, using: &random)
                    line.insert(
                        contentsOf: line[start...].prefix(12),
                        at: Int.random(in: 0..<line.count, using: &random)
                    )
                }
            }
            if let answer = await dispatcher.handle(line, context: "me") {
                #expect((try? JSON(parsing: answer)) != nil)
            }
        }
    }

    @Test(
        arguments: [
            ("substract", "subtract"), ("getdata", "get_data"), ("Sum", "sum"), ("knowledge.search", nil), ("x", nil),
        ] as [(String, String?)]
    )
    func `an unknown method is answered with the one that was meant`(wrong: String, meant: String?) async throws {
        let answer = try await Self.answer(#"{"jsonrpc": "2.0", "id": 1, "method": "\#(wrong)"}"#)
        let message = meant.map { "Method not found; did you mean “\($0)”?" } ?? "Method not found"
        #expect(answer?["error"]?["code"]?.int == -32_601)
        #expect(answer?["error"]?["message"]?.string == message)
        #expect(answer?["error"]?["data"]?["expected"]?.string == meant)
    }
}
