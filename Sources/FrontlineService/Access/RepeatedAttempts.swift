/// Processes items that may depend on each other: failed items are retried as long as another one succeeds.
package enum RepeatedAttempts {
    /// The items that failed in the end, with their errors.
    package typealias Failures<Item> = [(item: Item, error: any Error)]

    /// Retries until nothing is left or nothing more succeeds.
    package static func run<Item>(
        _ items: [Item],
        _ attempt: (Item) async throws -> Void
    ) async -> Failures<Item> {
        var waiting = items
        while !waiting.isEmpty {
            var failures: Failures<Item> = []
            for item in waiting {
                do { try await attempt(item) } catch { failures.append((item, error)) }
            }
            guard failures.count < waiting.count else { return failures }
            waiting = failures.map(\.item)
        }
        return []
    }
}
