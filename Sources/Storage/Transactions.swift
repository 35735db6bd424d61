/// What a transaction made, and what happened in it that concerns others.
package struct Eventful<Value, Event> {
    package let value: Value
    /// In the order in which it happened.
    package let events: [Event]

    package init(_ value: Value, _ events: [Event] = []) {
        self.value = value
        self.events = events
    }
}

extension Eventful: Sendable where Value: Sendable, Event: Sendable {}

/// Runs the transactions of one capability.
///
/// A transaction gives back its result and its domain events. Whoever runs it applies the events to those whom they concern
/// before the commit, in the same transaction: where that fails, nothing is committed.
package protocol Transactions<Event>: Sendable {
    /// What happens in the transactions of the capability.
    associatedtype Event: Sendable

    /// Runs a body as ``Store/write(durability:_:)`` does, and applies the events that it gives back.
    ///
    /// - Returns: the value of the body, once it is committed.
    /// - Throws: what the body or the application of an event throws; nothing has changed then.
    func write<Value: Sendable>(
        durability: Store.Durability,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, Event>
    ) async throws -> Value
}

extension Transactions {
    /// Runs a body that is on the device before the call returns.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, Event>
    ) async throws -> Value {
        try await write(durability: .full, body)
    }
}

/// The transactions of a capability that stands alone: its events concern nobody.
package struct LoneTransactions<Event: Sendable>: Transactions {
    private let store: Store

    package init(_ store: Store) { self.store = store }

    package func write<Value: Sendable>(
        durability: Store.Durability,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, Event>
    ) async throws -> Value {
        try await store.write(durability: durability) { try body($0).value }
    }
}
