import Synchronization

/// Runs requests that share a key one after the other, in the order of their tickets.
///
/// A ticket may name several keys and comes up when it is first in line for all of them. Tickets are taken under one
/// lock, so their order is total and no two of them can wait for each other. Cost: constant per key.
final class OrderGate: Sendable {
    private struct State {
        var lines: [String: Line] = [:]
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var blockers: [UInt64: Int] = [:]
        var next: UInt64 = 0
    }

    /// The tickets of one key, the first of which is being served.
    fileprivate struct Line {
        var tickets: [UInt64] = []
        var first = 0
    }

    /// A place in line, given up when it is left or forgotten.
    final class Ticket: Sendable {
        private let gate: OrderGate
        private let keys: [String]
        private let number: UInt64
        private let isLeft = Mutex(false)

        /// Whether the ticket was first in line for all its keys when it was taken.
        let isFirst: Bool

        fileprivate init(gate: OrderGate, keys: [String], number: UInt64, isFirst: Bool) {
            self.gate = gate
            self.keys = keys
            self.number = number
            self.isFirst = isFirst
        }

        deinit {
            leave()
        }

        /// Waits until all earlier tickets have left.
        func turn() async {
            if !isFirst {
                await gate.wait(for: number)
            }
        }

        /// Lets the next one in; further calls do nothing.
        func leave() {
            let wasLeft = isLeft.withLock { left in
                defer { left = true }
                return left
            }
            if !wasLeft {
                gate.leave(number, keys)
            }
        }
    }

    private let state = Mutex(State())

    /// Takes a ticket for some keys; a key that is named twice counts once.
    func enter(_ keys: [String]) -> Ticket {
        let keys = keys.count < 2 ? keys : Array(Set(keys))
        let (number, isFirst) = state.withLock { state in
            let number = state.next
            state.next += 1
            var blockers = 0
            for key in keys {
                if !state.lines[key, default: Line()].isEmpty {
                    blockers += 1
                }
                state.lines[key, default: Line()].append(number)
            }
            if blockers > 0 {
                state.blockers[number] = blockers
            }
            return (number, blockers == 0)
        }
        return Ticket(gate: self, keys: keys, number: number, isFirst: isFirst)
    }

    /// How many keys have tickets in line.
    var keyCount: Int {
        state.withLock { $0.lines.count }
    }

    private func wait(for number: UInt64) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.blockers[number] != nil else { return true }
                state.waiting[number] = continuation
                return false
            }
            if isFree {
                continuation.resume()
            }
        }
    }

    private func leave(_ number: UInt64, _ keys: [String]) {
        let freed = state.withLock { state in
            state.blockers[number] = nil
            return keys.compactMap { key in Self.advance(&state, key, number) }
        }
        for continuation in freed {
            continuation.resume()
        }
    }

    /// Takes a ticket out of the line of a key and gives the continuation of one that thereby comes up.
    private static func advance(
        _ state: inout State,
        _ key: String,
        _ number: UInt64
    ) -> CheckedContinuation<Void, Never>? {
        let successor = state.lines[key]?.remove(number)
        if state.lines[key]?.isEmpty == true {
            state.lines[key] = nil
        }
        guard let successor, let blockers = state.blockers[successor] else { return nil }
        if blockers > 1 {
            state.blockers[successor] = blockers - 1
            return nil
        }
        state.blockers[successor] = nil
        return state.waiting.removeValue(forKey: successor)
    }
}

extension OrderGate.Line {
    var isEmpty: Bool { first == tickets.count }

    mutating func append(_ number: UInt64) {
        tickets.append(number)
    }

    /// Removes a ticket and gives the one that becomes first by it.
    mutating func remove(_ number: UInt64) -> UInt64? {
        guard first < tickets.count, tickets[first] == number else {
            if let index = tickets[first...].firstIndex(of: number) {
                tickets.remove(at: index)
            }
            return nil
        }
        first += 1
        if first > 64, first * 2 > tickets.count {
            tickets.removeFirst(first)
            first = 0
        }
        return first < tickets.count ? tickets[first] : nil
    }
}
