import Access
import FrontlineProtocol
package import FrontlineService
import JSONRPC
import Synchronization
import Vocabulary

/// Carries out a plan in a data folder, call by call, as agents, leads and the systems around them would have done it.
///
/// Every call passes what a call of a client passes, at the moment that the clock of the folder shows then; between calls, everything
/// grows old as in a running server. Calls are made one after the other, and whatever is drawn follows from the seed, so the same plan
/// makes the same history. No text of a token is kept, so nobody can sign in as somebody of the history.
///
/// Not safe for use by several tasks.
package final class HistoryWriter {
    var plan: HistoryPlan
    let calls: SubjectCalls
    let folder: DataFolder
    let clock: HistoryClock
    var agenda = Agenda<HistoryTask>()
    var report = HistoryReport()
    var fingerprint = Fingerprint()
    /// By the numbers of the roster; nil before somebody comes.
    var principals: [Principal?] = []
    /// The systems that open and record contacts, and that pay.
    var telephony = Principal(subject: "telephony", roles: [.integration])
    var payments = Principal(subject: "payments", roles: [.integration])
    /// The numbers of the resolutions that the writer has heard of.
    var resolutions: [String: Int] = [:]
    /// The text of a file of the folder of rules.
    let rule: (String) throws -> String
    private var openContacts = 0
    private var nextTick: Int64 = .min
    private var nextSweep: Int64 = .min

    /// How often everything grows old: while there are contacts, and else.
    private static let (busyTick, quietTick): (Int64, Int64) = (60_000_000, 900_000_000)
    private static let sweepInterval: Int64 = 3_600_000_000

    /// Prepares writing.
    ///
    /// - Parameters:
    ///   - plan: what happens.
    ///   - folder: an empty folder, whose clock is `clock`.
    ///   - clock: the clock; it is set to the first day.
    ///   - rule: reads a file of the folder of rules by its path there; for scripts that change.
    /// - Throws: the store's error.
    package init(
        _ plan: HistoryPlan,
        in folder: DataFolder,
        clock: HistoryClock,
        rule: @escaping (String) throws -> String
    ) throws {
        self.plan = plan
        self.folder = folder
        self.clock = clock
        self.rule = rule
        let dice = Mutex(Dice(plan.seed, .identifiers))
        calls = try SubjectCalls(folder, randomness: RandomSource { dice.withLock { $0.word() } })
        principals = Array(repeating: nil, count: plan.roster.people.count)
    }

    /// Writes the history.
    ///
    /// - Parameters:
    ///   - publish: publishes rules and articles, before the first contact.
    ///   - progress: called after each day.
    /// - Returns: what was written.
    /// - Throws: `HistoryError` for a call that the product did not accept; the store's error.
    package func run(
        publish: (SubjectCalls) async throws -> Void,
        progress: (_ day: Int64, HistoryReport) async -> Void
    ) async throws -> HistoryReport {
        clock.advance(to: plan.period.moment(plan.period.first, 5 * 3_600))
        try await prepareSystems()
        for (number, person) in plan.roster.people.enumerated() {
            let morning = plan.period.moment(person.starts, 6 * 3_600)
            if person.starts <= plan.period.first {
                try await hire(number)
            } else {
                agenda.add(.hire(number), at: morning)
            }
            if let last = person.leaves { agenda.add(.leave(number), at: plan.period.moment(last + 1, 5 * 3_600)) }
        }
        try await publish(calls)
        for release in plan.releases { agenda.add(.release(release), at: release.at) }
        nextTick = clock.now
        nextSweep = clock.now + Self.sweepInterval
        while let (day, contacts) = plan.nextDay() {
            for contact in contacts { agenda.add(.open(ContactRun(contact, seed: plan.seed)), at: contact.at) }
            for hour in [9, 13, 17] { agenda.add(.round(day), at: plan.period.moment(day, hour * 3_600)) }
            try await work(until: plan.period.start(of: day + 1))
            report.fingerprint = fingerprint.text
            await progress(day, report)
        }
        try await calls.finish()
        try await tally()
        return report
    }

    /// Takes what nobody has counted while it was written (alerts about work, requests of scripts) from the report of the product.
    private func tally() async throws {
        let (from, to) = (plan.period.start(of: plan.period.first), plan.period.start(of: plan.period.last + 1))
        let result = try await must(
            ReportSummary.self,
            .init(from: Timestamp(microseconds: from), to: Timestamp(microseconds: to)),
            as: .local
        )
        guard let row = result.rows.first else { return }
        report.alerts = row.alerts.values.reduce(0, +)
        let grants = row.resolutions
        report.resolutions = grants.count + grants.pending + grants.denied + grants.rejected
    }

    /// Does what is due before a moment, in the order in which it is due.
    private func work(until end: Int64) async throws {
        while let (at, task) = agenda.take(before: end) {
            try await pass(to: at)
            clock.advance(to: at)
            try await perform(task)
        }
        try await pass(to: end)
    }

    /// Lets the time up to a moment do its work.
    private func pass(to moment: Int64) async throws {
        while nextTick <= moment {
            clock.advance(to: nextTick)
            try await calls.elapse()
            if nextSweep <= nextTick {
                try await calls.sweep()
                nextSweep = nextTick + Self.sweepInterval
            }
            nextTick += openContacts > 0 ? Self.busyTick : Self.quietTick
        }
        // After a quiet hour, everything is up to date again soon after the first call.
        if openContacts > 0 { nextTick = min(nextTick, moment + Self.busyTick) }
    }

    private func perform(_ task: HistoryTask) async throws {
        switch task {
        case .hire(let number): try await hire(number)
        case .leave(let number): try await leave(number)
        case .release(let release): try await publish(release)
        case .open(let run): try await open(run)
        case .turn(let run, let index): try await observe(run, index)
        case .feedback(let run, let article): try await useSuggestion(run, article)
        case .search(let run): try await search(run)
        case .verdict(let run, let article, let query, let verdict, let comment):
            try await judge(run, article, query, verdict, comment)
        case .startScript(let run): try await startScript(run)
        case .advance(let run): try await advance(run)
        case .transfer(let run): try await transfer(run)
        case .request(let run): try await request(run)
        case .work(let run): try await createWork(run)
        case .close(let run): try await close(run)
        case .acknowledge(let run, let alert, let lead): try await acknowledge(run, alert, lead)
        case .reply(let run, let alert, let lead): try await reply(run, alert, lead)
        case .resolve(let alert, let lead, let outcome): try await resolve(alert, lead, outcome)
        case .decide(let run, let resolution, let isDirect): try await decide(run, resolution, isDirect: isDirect)
        case .settle(let resolution, let result): try await settle(resolution, result)
        case .claim(let item, let owner, let run): try await claim(item, owner, run)
        case .complete(let item, let kind, let owner, let run): try await complete(item, kind, owner, run)
        case .reportGap(let article, let run): try await reportGap(article, run)
        case .round(let day): try await round(day)
        }
    }

    // MARK: Calls

    /// Calls a method that has to be accepted.
    func must<M: FrontlineMethod>(_ method: M.Type, _ params: M.Params, as caller: Principal) async throws -> M.Result {
        do { return try await calls.call(method, params, as: caller) } catch let error as RPCError {
            let details = error.data?["details"]?.array?.compactMap(\.string) ?? []
            let reasons = details.isEmpty ? "" : ": " + details.prefix(3).joined(separator: "; ")
            throw HistoryError("\(M.name) by \(caller.subject): \(error.message)\(reasons)")
        }
    }

    /// Calls a method that may come too late, or be more than somebody may do; nil if it was refused.
    func may<M: FrontlineMethod>(_ method: M.Type, members: JSON, as caller: Principal) async throws -> M.Result? {
        do { return try await calls.call(method, members: members, as: caller) } catch let error as RPCError {
            try refuse(error, M.name, caller)
            return nil
        }
    }

    /// The same with parameters that are made.
    func may<M: FrontlineMethod>(_ method: M.Type, _ params: M.Params, as caller: Principal) async throws -> M.Result? {
        do { return try await calls.call(method, params, as: caller) } catch let error as RPCError {
            try refuse(error, M.name, caller)
            return nil
        }
    }

    /// Counts a refusal; anything else than one is a mistake of the story.
    private func refuse(_ error: RPCError, _ method: String, _ caller: Principal) throws {
        let refusals = [RPCErrorDefinition.conflict, .notFound, .forbidden].map(\.code)
        guard refusals.contains(error.code) else {
            throw HistoryError("\(method) by \(caller.subject): \(error.message)")
        }
        report.refused += 1
        fingerprint.add("\(method) \(error.code)")
    }

    func didOpen() { openContacts += 1 }
    func didClose() { openContacts -= 1 }

    /// The moment some seconds from now.
    func later(_ seconds: Double) -> Int64 { clock.now + Int64(seconds * 1_000_000) }

    /// Somebody of a team with a job who works today; nil if there is nobody.
    func somebody(of team: String, _ job: Person.Job, _ dice: inout Dice) -> Int? {
        let day = plan.period.day(of: clock.now)
        let numbers = plan.roster.numbers(of: team, job, on: day).filter { principals[$0] != nil }
        return numbers.isEmpty ? nil : dice.pick(numbers)
    }
}
