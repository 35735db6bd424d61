import Access
package import FrontlineProtocol
package import Measures

/// Reads and counts figures in this process as an admin, for commands that work directly on a data folder.
package struct LocalMeasures: Sendable {
    private let folder: DataFolder
    private let services: @Sendable () throws -> Services

    /// Opens the figures of a data folder.
    package init(_ folder: DataFolder) {
        self.folder = folder
        services = { try Services(folder) }
    }

    private var caller: Caller { Caller(principal: .local, now: folder.now()) }

    /// Calls `measures.list`.
    package func list(_ params: MeasuresList.Params) async throws -> MeasuresList.Result {
        try await MeasuresListHandler(services: services()).answer(params, for: caller)
    }

    /// Calls `measures.get`.
    package func get(_ params: MeasuresGet.Params) async throws -> MeasuresGet.Result {
        try await MeasuresGetHandler(services: services()).answer(params, for: caller)
    }

    /// Calls `measures.values`.
    package func values(_ params: MeasuresValues.Params) async throws -> MeasuresValues.Result {
        try await MeasuresValuesHandler(services: services()).answer(params, for: caller)
    }

    /// Calls `measures.explain`.
    package func explain(_ params: MeasuresExplain.Params) async throws -> MeasuresExplain.Result {
        try await MeasuresExplainHandler(services: services()).answer(params, for: caller)
    }

    /// Prepares counting; what waits to be counted is counted first, unless everything is only looked at.
    package func begin(countingWaiting: Bool) async throws {
        guard countingWaiting else { return }
        try await folder.measures.catchUp()
    }

    /// Counts a day anew; see ``MeasureLedger/recount(_:isCheck:)``.
    package func recount(_ day: Int64, isCheck: Bool) async throws -> [MeasureDifference] {
        try await folder.measures.recount(day, isCheck: isCheck)
    }
}
