import Access
package import FrontlineProtocol
import Knowledge
package import ModelSupply
import Vocabulary

/// Calls methods in this process as an admin, for commands that work directly on a data folder.
package struct LocalCalls: Sendable {
    private let services: Services

    /// Loads the index of a data folder.
    package init(_ folder: DataFolder, encoder: NamedEncoder? = nil) throws {
        services = try Services(folder, encoder: encoder)
    }

    /// Calls `knowledge.search`.
    package func search(_ params: KnowledgeSearch.Params) async throws -> KnowledgeSearch.Result {
        try KnowledgeSearch.validate(params)
        let caller = Caller(principal: .local, now: services.now())
        return try await KnowledgeSearchHandler(services: services).answer(params, for: caller)
    }

    /// Calls `knowledge.gaps`.
    ///
    /// Every search without a vector is encoded first, because nothing else does it for a command.
    package func gaps(_ params: KnowledgeGaps.Params) async throws -> KnowledgeGaps.Result {
        try KnowledgeGaps.validate(params)
        let now = services.now()
        if let vectors = services.grouping {
            let since = params.since?.microseconds ?? now - KnowledgeGapsHandler.standardPeriod
            await vectors.encode(try await services.knowledge.groupedTexts(since: since, by: vectors))
        }
        let caller = Caller(principal: .local, now: now)
        return try await KnowledgeGapsHandler(services: services).answer(params, for: caller)
    }

    /// Calls `knowledge.neighbours`, after encoding what waits for it.
    package func neighbours(_ params: KnowledgeNeighbours.Params) async throws -> KnowledgeNeighbours.Result {
        try KnowledgeNeighbours.validate(params)
        try await services.embedArticles()
        let caller = Caller(principal: .local, now: services.now())
        return try await KnowledgeNeighboursHandler(services: services).answer(params, for: caller)
    }

    /// Calls `policy.simulate`.
    package func simulate(_ params: PolicySimulate.Params) async throws -> PolicySimulate.Result {
        let caller = Caller(principal: .local, now: services.now())
        return try await PolicySimulateHandler(services: services).answer(params, for: caller)
    }
}
