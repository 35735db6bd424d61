import Access
import BusinessCalendar
import FrontlineProtocol
import Vocabulary

/// What is left to do after contacts is taken and done, mostly in time.
extension HistoryWriter {
    /// Mean times in seconds until somebody takes an item, and until it is done.
    private static let (claimWait, workTime) = (1_500.0, 2_400.0)
    /// The share of items that nobody gets to in time, and how much later they are taken.
    private static let (lateShare, lateFactor) = (0.1, 14.0)

    func createWork(_ run: ContactRun) async throws {
        guard run.isOpen, let work = run.plan.work else { return }
        try await create(
            work.kind,
            links: .init(conversationId: run.plan.id),
            key: "\(run.plan.id)-\(work.kind)",
            run,
            as: try leader(of: run)
        )
    }

    /// Somebody who keeps articles notes what is wrong with one.
    func reportGap(_ article: String, _ run: ContactRun) async throws {
        let keeper = plan.roster.people.firstIndex { $0.job == .keeper }
        guard let principal = keeper.flatMap({ principals[$0] }) else { return }
        try await create(
            "knowledge_gap",
            links: .init(articleId: article),
            key: "\(run.plan.id)-gap",
            run,
            as: principal
        )
    }

    private func create(
        _ kind: String,
        links: WorkMessage.Links,
        key: String,
        _ run: ContactRun,
        as caller: Principal
    ) async throws {
        let item = try await may(WorkCreate.self, .init(kind: kind, links: links, idempotencyKey: key), as: caller)
        guard let item, let team = item.team else { return }
        report.workItems += 1
        fingerprint.add("\(item.workId) \(team)")
        let job: Person.Job = plan.roster.people.contains { $0.team == team && $0.job == .agent } ? .agent : .keeper
        guard let owner = somebody(of: team, job, &run.dice) else { return }
        let isLate = run.dice.chance(Self.lateShare)
        let wait = 240 + run.dice.wait(Self.claimWait) * (isLate ? Self.lateFactor : 1)
        agenda.add(.claim(item: item.workId, owner: owner, run), at: businessMoment(of: team, after: wait))
    }

    func claim(_ item: String, _ owner: Int, _ run: ContactRun) async throws {
        guard let principal = principals[owner] else { return }
        let answer = try await may(WorkClaim.self, .init(workId: item), as: principal)
        guard let claimed = answer?.item, let team = claimed.team else { return }
        agenda.add(
            .complete(item: item, kind: claimed.kind, owner: owner, run),
            at: businessMoment(of: team, after: 120 + run.dice.wait(Self.workTime))
        )
    }

    func complete(_ item: String, _ kind: String, _ owner: Int, _ run: ContactRun) async throws {
        guard let principal = principals[owner], let outcomes = plan.story.outcomes[kind] else { return }
        let outcome = run.dice.pick(outcomes)
        let done = try await may(WorkComplete.self, .init(workId: item, outcome: outcome), as: principal)
        fingerprint.add("\(item) \(done == nil ? "refused" : "done")")
    }

    /// The moment at which a team has worked for so many seconds from now on.
    private func businessMoment(of team: String, after seconds: Double) -> Int64 {
        let now = Timestamp(microseconds: clock.now)
        let moment = plan.calendar.hours(of: team).instant(.microseconds(Int64(seconds * 1_000_000)), after: now)
        // A team that never works does not do this either, within the history.
        return moment?.microseconds ?? clock.now + 10 * 366 * 86_400_000_000
    }
}
