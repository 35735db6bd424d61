import Access
import BusinessCalendar
package import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
package import Logging
import Storage
import Vocabulary

/// What is wanted of `frontline demo history`: which history, into which folder.
package struct HistoryOrder: Sendable {
    package var story: Story
    package var seed: UInt64
    /// The last day, in days since 1970, and how many there are.
    package var (last, days): (Int64, Int)
    /// How many contacts; nil for those of the story, in proportion to the days.
    package var contacts: Int?
    package var folder: URL
    /// The folders of the samples.
    package var (rules, knowledge): (String, String)
    /// Whether an invented history in the folder is deleted first.
    package var replaces: Bool

    package init(
        story: Story,
        seed: UInt64,
        last: Int64,
        days: Int,
        contacts: Int? = nil,
        folder: URL,
        rules: String,
        knowledge: String,
        replaces: Bool = false
    ) {
        (self.story, self.seed, self.last, self.days) = (story, seed, last, days)
        (self.contacts, self.folder, self.rules, self.knowledge) = (contacts, folder, rules, knowledge)
        self.replaces = replaces
    }

    /// Plans the history, without writing anything.
    ///
    /// - Throws: the error of a calendar that cannot be read.
    package func plan() throws -> HistoryPlan {
        let path = rules + "/calendar.yaml"
        let calendar = try BusinessCalendar(yaml: SourceFiles.text(path), file: path)
        let period = HistoryPeriod(last: last, days: days, timeZone: calendar.hours(of: nil).timeZone)
        return HistoryPlan(story, calendar, period, contacts: contacts, seed: seed)
    }

    /// Writes the history, and marks the folder as complete when everything is on the device.
    ///
    /// - Parameters:
    ///   - logger: logs what cannot be published or imported; on standard error unless given.
    ///   - progress: called after each day with the number of contacts written and of all contacts.
    /// - Returns: what was written.
    /// - Throws: `DemonstrationError` for a folder with other data, ``HistoryError`` for a story that does not fit the samples, the
    ///   store's error. The folder is then incomplete, and can be replaced.
    package func write(
        logger: Logger = HistoryOrder.standardError,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> HistoryReport {
        let plan = try plan()
        let clock = HistoryClock(plan.period.start(of: plan.period.first))
        let mark = Demonstration(
            company: story.company,
            seed: seed,
            first: HistoryPeriod.name(of: plan.period.first),
            last: HistoryPeriod.name(of: plan.period.last),
            contacts: plan.total
        )
        let data = try await DemonstrationFolder.open(folder, replacing: replaces, for: mark, now: { clock.now })
        try data.store.files?.beginBulk()
        let total = plan.total
        let report = try await withTaskExecutorPreference(data.store.executor) {
            let writer = try HistoryWriter(
                plan,
                in: data,
                clock: clock,
                rule: { try SourceFiles.text(rules + "/" + $0) }
            )
            return try await writer.run(
                publish: { try await publish($0, logger) },
                progress: { progress($1.contacts, total) }
            )
        }
        try await data.store.files?.endBulk()
        try await data.store.write { try Demonstration.complete(in: $0) }
        try data.store.close()
        return report
    }

    /// Says what goes wrong, and not what is published.
    package static var standardError: Logger {
        var logger = Logger(label: "frontline", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .error
        return logger
    }

    /// Publishes the samples, and looks whether the story finds its scripts among them.
    private func publish(_ calls: SubjectCalls, _ logger: Logger) async throws {
        try await calls.publish(knowledge: knowledge, rules: rules, logger: logger)
        let listed = try await calls.call(ScriptList.self, .init(), as: .local)
        let known = Set(listed.scripts.map(\.scriptId))
        let missing = Set(story.topics.values.compactMap(\.script?.id)).subtracting(known).sorted()
        guard missing.isEmpty else {
            throw HistoryError("\(rules) has no script “\(missing[0])” in force, which the story uses")
        }
    }
}
