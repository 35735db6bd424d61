import NIOCore
import Synchronization

/// Limits the memory of answers in progress, over all connections.
///
/// An answer in progress uses several times its length: rows, values, their JSON, the line. So a request waits here
/// before its handler begins, not after it has allocated memory. Large answers share a number of bytes; a fixed
/// number of small ones are made at a time. Connections take turns, so that one with many requests does not delay the
/// others. The number that waits is bounded by the requests in flight of all connections.
///
/// One answer may always be made, however large it is and however much is held elsewhere.
package final class AnswerBudget: Sendable {
    private struct Waiter {
        let cost: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    /// Those who share a limit.
    private struct Lane {
        let limit: Int
        var used = 0
        /// The connections that wait, in the order of their turns.
        var turns = CircularBuffer<UInt64>()
        var waiting: [UInt64: CircularBuffer<Waiter>] = [:]

        var next: Waiter? { turns.first.flatMap { waiting[$0]?.first } }

        mutating func append(_ waiter: Waiter, of connection: UInt64) {
            if waiting[connection] == nil { turns.append(connection) }
            waiting[connection, default: CircularBuffer()].append(waiter)
        }

        /// Admits the next request while there is room for it.
        mutating func admit(where fits: (_ used: Int, _ cost: Int) -> Bool) -> [Waiter] {
            var admitted: [Waiter] = []
            while let waiter = next, fits(used, waiter.cost) {
                let connection = turns.removeFirst()
                waiting[connection]?.removeFirst()
                if waiting[connection]?.isEmpty == true {
                    waiting[connection] = nil
                } else {
                    turns.append(connection)
                }
                used += waiter.cost
                admitted.append(waiter)
            }
            return admitted
        }
    }

    private struct State {
        var large: Lane
        var small: Lane
    }

    /// An answer up to this size is small, in bytes.
    package static let smallBytes = 65_536
    /// How many small answers are made at a time.
    package static let smallAtATime = 256
    /// How many bytes an answer takes while it is made for each byte of its line: an estimate for its rows, its
    /// values, their JSON and the line itself.
    package static let bytesPerByte = 4

    private let state: Mutex<State>
    private let limit: Int
    private let room: @Sendable (Int) -> Bool
    private let relieve: @Sendable () -> Void
    private let count: @Sendable (Int) -> Void

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - limit: how many bytes large answers in the making may take together.
    ///   - room: whether so many bytes more can be held; asked for all large answers but the only one.
    ///   - relieve: tries to make such room, called when there is none.
    ///   - count: told of bytes that large answers in the making take more or less.
    package init(
        limit: Int,
        room: @escaping @Sendable (Int) -> Bool = { _ in true },
        relieve: @escaping @Sendable () -> Void = {},
        count: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.limit = limit
        self.room = room
        self.relieve = relieve
        self.count = count
        state = Mutex(State(large: Lane(limit: limit), small: Lane(limit: Self.smallAtATime)))
    }

    /// The permission to make one answer; its room is free again once it is released.
    package struct Permit: Sendable {
        fileprivate let cost: Int
        fileprivate let isLarge: Bool
    }

    /// Waits until an answer of so many bytes may be made for a connection.
    ///
    /// - Returns: what is to be given to ``release(_:)`` once the answer is queued or dropped.
    package func permit(forAnswerOf bytes: Int, on connection: UInt64) async -> Permit {
        let isLarge = bytes > Self.smallBytes
        let permit = Permit(cost: isLarge ? min(limit, bytes * Self.bytesPerByte) : 1, isLarge: isLarge)
        if reserve(permit) { return permit }
        if isLarge { makeRoom(permit.cost) }
        await withCheckedContinuation { continuation in
            let waiter = Waiter(cost: permit.cost, continuation: continuation)
            admit(isLarge) { lane in lane.append(waiter, of: connection) }
        }
        return permit
    }

    /// Frees the room of an answer and admits others.
    package func release(_ permit: Permit) {
        if permit.isLarge {
            count(-permit.cost)
            if let next = state.withLock({ $0.large.next?.cost }) { makeRoom(next) }
        }
        admit(permit.isLarge) { lane in lane.used -= permit.cost }
    }

    /// How many wait.
    package var waitingCount: Int {
        state.withLock { state in
            [state.large, state.small].reduce(0) { $0 + $1.waiting.values.reduce(0) { $0 + $1.count } }
        }
    }

    private func makeRoom(_ cost: Int) {
        if !room(cost) { relieve() }
    }

    private func reserve(_ permit: Permit) -> Bool {
        let isReserved = state.withLock { state in
            if permit.isLarge {
                reserve(permit.cost, in: &state.large, isLarge: true)
            } else {
                reserve(permit.cost, in: &state.small, isLarge: false)
            }
        }
        if isReserved, permit.isLarge { count(permit.cost) }
        return isReserved
    }

    private func reserve(_ cost: Int, in lane: inout Lane, isLarge: Bool) -> Bool {
        guard lane.turns.isEmpty, fits(lane.used, cost, lane.limit, isLarge) else { return false }
        lane.used += cost
        return true
    }

    private func fits(_ used: Int, _ cost: Int, _ limit: Int, _ isLarge: Bool) -> Bool {
        used == 0 || used + cost <= limit && (!isLarge || room(cost))
    }

    /// Changes a lane and admits the requests that it now has room for.
    private func admit(_ isLarge: Bool, after change: (inout Lane) -> Void) {
        let admitted = state.withLock { state in
            if isLarge {
                change(&state.large)
                let limit = state.large.limit
                return state.large.admit { fits($0, $1, limit, true) }
            }
            change(&state.small)
            let limit = state.small.limit
            return state.small.admit { fits($0, $1, limit, false) }
        }
        if isLarge {
            let cost = admitted.reduce(0) { $0 + $1.cost }
            if cost > 0 { count(cost) }
        }
        for waiter in admitted { waiter.continuation.resume() }
    }
}
