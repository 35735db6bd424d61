import Access
package import FrontlineProtocol

/// Methods answered in this process, as an admin, for commands that work on a data folder themselves.
package struct LocalCalls: Sendable {
    private let services: Services

    package init(_ folder: DataFolder) throws { services = try Services(folder) }

    /// Answers `knowledge.search`.
    package func search(_ params: KnowledgeSearch.Params) async throws -> KnowledgeSearch.Result {
        try KnowledgeSearch.validate(params)
        let caller = Caller(principal: .local, now: services.now())
        return try await KnowledgeSearchHandler(services: services).answer(params, for: caller)
    }

    /// Answers `policy.simulate`.
    package func simulate(_ params: PolicySimulate.Params) async throws -> PolicySimulate.Result {
        let caller = Caller(principal: .local, now: services.now())
        return try await PolicySimulateHandler(services: services).answer(params, for: caller)
    }
}
