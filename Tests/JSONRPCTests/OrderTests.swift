import JSONRPC
import Synchronization
import Testing
import Vocabulary

/// Holds handlers back until the test lets them go, and remembers who came in.
private final class Door: Sendable {
    private struct State {
        var entered: [String] = []
        var held: [String: CheckedContinuation<Void, Never>] = [:]
        var opened: Set<String> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var entered: [String] { state.withLock { $0.entered } }

    func pass(_ name: String) async {
        await withCheckedContinuation { continuation in
            let (ready, isOpen) = state.withLock { state in
                state.entered.append(name)
                let isOpen = state.opened.contains(name)
                if !isOpen {
                    state.held[name] = continuation
                }
                let ready = state.watchers.filter { $0.count <= state.entered.count }
                state.watchers.removeAll { $0.count <= state.entered.count }
                return (ready, isOpen)
            }
            for watcher in ready {
                watcher.continuation.resume()
            }
            if isOpen {
                continuation.resume()
            }
        }
    }

    func open(_ name: String) {
        let held = state.withLock { state in
            state.opened.insert(name)
            return state.held.removeValue(forKey: name)
        }
        held?.resume()
    }

    func untilEntered(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.entered.count < count {
                    state.watchers.append((count, continuation))
                }
                return state.entered.count >= count
            }
            if isReady {
                continuation.resume()
            }
        }
    }
}

/// A method that is ordered by one of its parameters.
private enum Touch: RPCMethod {
    struct Params: Codable, Sendable {
        var thing: String?
        var number: Int
    }

    static let name = "touch"
    static let summary = "Touches a thing"
    typealias Result = NoParams
}

@Suite struct OrderTests {
    @Sendable private static func keys(_ params: JSON?, _ context: Int) -> [String] {
        (params?["keys"]?.array ?? []).compactMap(\.string)
    }

    private static func dispatcher(_ door: Door) -> Dispatcher<Int> {
        var hooks = DispatchHooks<Int>()
        hooks.barriers = ["barrier"]
        var dispatcher = Dispatcher<Int>(hooks: hooks)
        for name in ["work", "barrier"] {
            dispatcher.register(name: name, orderedBy: keys) { params, _ in
                await door.pass(params?["name"]?.string ?? "")
                return .null
            }
        }
        return dispatcher
    }

    private static func receive(_ dispatcher: Dispatcher<Int>, _ name: String, _ keys: [String]) throws -> PendingWork {
        let params: JSON = ["name": .string(name), "keys": .array(keys.map(JSON.string))]
        let reception = dispatcher.receive(RPCMessage.request(id: 1, method: "work", params: params), context: 0)
        guard case .message(.pending(let work)) = reception else { throw CancellationError() }
        return work
    }

    @Test func callsWithACommonKeyRunInTheOrderReceivedAndOthersBesideThem() async throws {
        let door = Door()
        let dispatcher = Self.dispatcher(door)
        let first = try Self.receive(dispatcher, "first", ["a"])
        let second = try Self.receive(dispatcher, "second", ["a", "b"])
        let third = try Self.receive(dispatcher, "third", ["b"])
        let other = try Self.receive(dispatcher, "other", ["c"])
        await withDiscardingTaskGroup { group in
            for work in [third, second, other, first] {
                group.addTask { _ = await work.run() }
            }
            await door.untilEntered(2)
            #expect(Set(door.entered) == ["first", "other"])
            door.open("first")
            await door.untilEntered(3)
            #expect(door.entered.last == "second")
            door.open("second")
            await door.untilEntered(4)
            #expect(door.entered.last == "third")
            door.open("third")
            door.open("other")
        }
    }

    @Test func workThatIsDroppedGivesUpItsPlace() async throws {
        let door = Door()
        let dispatcher = Self.dispatcher(door)
        var dropped: PendingWork? = try Self.receive(dispatcher, "dropped", ["a"])
        #expect(dropped?.isBarrier == false)
        let next = try Self.receive(dispatcher, "next", ["a"])
        dropped = nil
        door.open("next")
        _ = await next.run()
        #expect(door.entered == ["next"])
    }

    @Test func randomCallsNeverStandStillAndKeepTheirOrder() async throws {
        var random = SeededGenerator(seed: 4)
        let log = Mutex<[(number: Int, keys: Set<String>)]>([])
        var dispatcher = Dispatcher<Int>()
        dispatcher.register(name: "work", orderedBy: Self.keys) { params, _ in
            let keys = Set((params?["keys"]?.array ?? []).compactMap(\.string))
            await Task.yield()
            log.withLock { $0.append((params?["number"]?.int ?? -1, keys)) }
            return .null
        }
        var works: [PendingWork] = []
        for number in 0..<600 {
            let keys = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                JSON.string("k\(Int.random(in: 0..<5, using: &random))")
            }
            let params: JSON = ["number": .number(JSONNumber(number)), "keys": .array(keys)]
            if case .message(.pending(let work)) = dispatcher.receive(
                RPCMessage.notification(method: "work", params: params),
                context: 0
            ) {
                works.append(work)
            }
        }
        works.shuffle(using: &random)
        await withDiscardingTaskGroup { group in
            for work in works {
                group.addTask { _ = await work.run() }
            }
        }
        let done = log.withLock { $0 }
        #expect(done.count == 600)
        for key in (0..<5).map({ "k\($0)" }) {
            let numbers = done.filter { $0.keys.contains(key) }.map(\.number)
            #expect(numbers == numbers.sorted())
        }
    }

    @Test func aBatchWithABarrierRunsOneAfterTheOther() async throws {
        let door = Door()
        let dispatcher = Self.dispatcher(door)
        let batch: JSON = [
            ["jsonrpc": "2.0", "method": "barrier", "params": ["name": "in"], "id": 1],
            ["jsonrpc": "2.0", "method": "work", "params": ["name": "after"], "id": 2],
        ]
        async let answer = dispatcher.handle(batch.serialized(), context: 0)
        await door.untilEntered(1)
        #expect(door.entered == ["in"])
        door.open("in")
        door.open("after")
        #expect(try JSON(parsing: await answer ?? []).array?.count == 2)
        #expect(door.entered == ["in", "after"])
    }

    @Test(
        "calls are ordered by a member of their decoded parameters, which are decoded once",
        arguments: [true, false]
    )
    func decodedOrder(isImmediate: Bool) async throws {
        let log = Mutex<[Int]>([])
        var dispatcher = Dispatcher<Int>()
        let order: @Sendable (Touch.Params, Int) -> [String] = { params, _ in params.thing.map { [$0] } ?? [] }
        if isImmediate {
            dispatcher.register(
                Touch.self,
                orderedBy: order,
                immediate: { params, _ in
                    log.withLock { $0.append(params.number) }
                    return NoParams()
                }
            )
        } else {
            dispatcher.register(
                Touch.self,
                orderedBy: order,
                handler: { params, _ in
                    log.withLock { $0.append(params.number) }
                    return NoParams()
                }
            )
        }
        let door = Door()
        dispatcher.register(name: "hold", orderedBy: { _, _ in ["a"] }) { _, _ in
            await door.pass("hold")
            return .null
        }
        var works: [PendingWork] = []
        let hold = dispatcher.receive(RPCMessage.request(id: 0, method: "hold", params: [:]), context: 0)
        if case .message(.pending(let work)) = hold { works.append(work) }
        for number in 1...20 {
            let params: JSON = ["thing": "a", "number": .number(JSONNumber(number))]
            let reception = dispatcher.receive(RPCMessage.request(id: 1, method: "touch", params: params), context: 0)
            if case .message(.pending(let work)) = reception { works.append(work) }
        }
        #expect(works.count == 21)
        #expect(log.withLock { $0 } == [])
        door.open("hold")
        await withDiscardingTaskGroup { group in
            for work in works.reversed() { group.addTask { _ = await work.run() } }
        }
        #expect(log.withLock { $0 } == Array(1...20))
    }

    @Test func `parameters that cannot be read are refused where the line is received, and hold up nobody`()
        async throws
    {
        var dispatcher = Dispatcher<Int>()
        dispatcher.register(
            Touch.self,
            orderedBy: { params, _ in [params.thing ?? ""] },
            handler: { _, _ in NoParams() }
        )
        let line = RPCMessage.request(id: 1, method: "touch", params: ["thing": "a", "number": "x"])
        guard case .message(.finished(let answer)) = dispatcher.receive(line, context: 0) else {
            Issue.record("it waits")
            return
        }
        #expect(try JSON(parsing: answer?.bytes ?? [])["error"]?["code"] == -32602)
        let next = RPCMessage.request(id: 2, method: "touch", params: ["thing": "a", "number": 1])
        #expect(try JSON(parsing: await dispatcher.handle(next, context: 0) ?? [])["result"] == [:])
    }
}
