import FrontlineClient
import ModelContext
import Vocabulary

/// A connection to a server that is opened again after it has ended, for a program that outlives it.
///
/// A call that was under way when the connection ended fails and is not made again, because it may have taken effect.
actor ServerLink: ContextHost {
    private let open: @Sendable () async throws -> FrontlineClient
    private var opening: Task<FrontlineClient, any Error>?

    /// Creates a link that is not connected.
    init(open: @escaping @Sendable () async throws -> FrontlineClient) { self.open = open }

    func call(_ method: String, _ params: JSON) async throws -> JSON {
        try await client().call(method: method, params: params)
    }

    /// Closes the connection, if there is one.
    func close() async {
        if let client = try? await opening?.value { await client.close() }
        opening = nil
    }

    /// The connection, which callers that come while it is opened share.
    private func client() async throws -> FrontlineClient {
        if let opening {
            do {
                let client = try await opening.value
                if client.isOpen { return client }
            } catch {
                // Whoever opened it was told; this caller tries again.
            }
            if self.opening == opening { self.opening = nil }
        }
        let task = opening ?? Task { [open] in try await open() }
        opening = task
        return try await task.value
    }
}
