import BusinessCalendar
import DemoHistory
import Foundation
import Testing

/// The samples of the repository, for plans and histories.
enum Samples {
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let rules = repository.appendingPathComponent("rules").path
    static let knowledge = repository.appendingPathComponent("knowledge").path

    static func calendar() throws -> BusinessCalendar {
        let path = rules + "/calendar.yaml"
        return try BusinessCalendar(yaml: String(contentsOfFile: path, encoding: .utf8), file: path)
    }

    static func plan(
        last: String = "2026-11-29",
        days: Int = 365,
        contacts: Int? = 12_000,
        seed: UInt64 = 1
    ) throws -> HistoryPlan {
        let last = try #require(HistoryPeriod.day(named: last))
        let period = HistoryPeriod(last: last, days: days, timeZone: "Europe/Berlin")
        return HistoryPlan(try Story.builtIn(), try calendar(), period, contacts: contacts, seed: seed)
    }

    /// All contacts of a plan with their days.
    static func contacts(_ plan: HistoryPlan) -> [(day: Int64, contact: PlannedContact)] {
        var plan = plan
        var all: [(Int64, PlannedContact)] = []
        while let (day, contacts) = plan.nextDay() { all += contacts.map { (day, $0) } }
        return all
    }
}
