import JSONRPC
import Synchronization
import Testing

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

@Suite struct OrderTests {
    private static func dispatcher(_ door: Door) -> Dispatcher<Int> {
        var hooks = DispatchHooks<Int>()
        hooks.orderingKeys = { _, params, _ in (params["keys"]?.array ?? []).compactMap(\.string) }
        hooks.barriers = ["barrier"]
        var dispatcher = Dispatcher<Int>(hooks: hooks)
        for name in ["work", "barrier"] {
            dispatcher.register(name: name) { params, _ in
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
        var hooks = DispatchHooks<Int>()
        hooks.orderingKeys = { _, params, _ in (params["keys"]?.array ?? []).compactMap(\.string) }
        var dispatcher = Dispatcher<Int>(hooks: hooks)
        dispatcher.register(name: "work") { params, _ in
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
}
