import Access
import Alerts
import AuditTrail
import Storage
import Testing
import Vocabulary

/// The life of an alert at the desk, at its limits.
@Suite struct AlertLifeTests {
    private let world: AlertWorld

    init() throws { world = try AlertWorld() }

    private func alert(_ id: String) async throws -> Alert {
        try await world.desk.alert(id, for: AlertWorld.supervisor)
    }

    private func elapse() async throws -> Int { try await world.desk.elapse(to: world.now) }

    @Test func `eight repeats are told one by one, then those that double the number`() async throws {
        for _ in 0..<70 { try world.raise() }
        let told = (2...8).map { "updated help \($0)" } + ["updated help 16", "updated help 32", "updated help 64"]
        #expect(try await world.log() == ["raised help 1"] + told)
        #expect(
            try await world.desk.list(AlertFilter(limit: 2), for: AlertWorld.supervisor).alerts.map(\.count) == [70]
        )
    }

    @Test(
        "an alert ends after a time without news",
        arguments: [(.conversation, 1), (.session, 1), (.resolution, 7)] as [(AlertSubjectKind, Int64)]
    )
    func lifetime(kind: AlertSubjectKind, days: Int64) async throws {
        let id = try world.store.writeNow {
            try world.desk.raise(AlertRequest(kind: "k", subject: Alert.Subject(kind, "x")), now: world.now, in: $0).id
        }
        world.now += days * 86_400_000_000 - 1
        #expect(try await elapse() == 0)
        world.now += 1
        #expect(try await elapse() == 1)
        #expect(try await alert(id).status == .expired)
        #expect(try await elapse() == 0)
    }

    @Test func `news prolongs an alert`() async throws {
        let id = try world.raise().id
        world.advance(seconds: 80_000)
        try world.raise()
        world.advance(seconds: 80_000)
        #expect(try await elapse() == 0)
        world.advance(seconds: 6_399)
        #expect(try await elapse() == 0)
        world.advance(seconds: 1)
        #expect(try await elapse() == 1)
        #expect(try await alert(id).status == .expired)
    }

    @Test(
        "an alert escalates once, by one severity",
        arguments: [(Severity.info, Severity.warning), (.warning, .critical), (.critical, .critical)]
    )
    func escalation(severity: Severity, raised: Severity) async throws {
        let request = AlertRequest(
            kind: "k",
            severity: severity,
            subject: Alert.Subject(.conversation, "c"),
            escalateAfterSeconds: 60
        )
        let id = try world.store.writeNow { try world.desk.raise(request, now: world.now, in: $0).id }
        world.now += 59_999_999
        #expect(try await elapse() == 0)
        world.now += 1
        #expect(try await elapse() == 1)
        let after = try await alert(id)
        #expect(after.severity == raised && after.isEscalated && after.escalatesAt == nil && after.status == .open)
        #expect(after.updatedAt == world.now)
        world.advance(seconds: 600)
        #expect(try await elapse() == 0)
    }

    @Test func `a repeat that is worse takes over severity and reason, and escalates no later than before`()
        async throws
    {
        func ask(_ severity: Severity, _ reason: String, after seconds: Int?) throws -> Alert {
            let request = AlertRequest(
                kind: "k",
                severity: severity,
                subject: Alert.Subject(.conversation, "c"),
                reason: reason,
                escalateAfterSeconds: seconds
            )
            return try world.store.writeNow { try world.desk.raise(request, now: world.now, in: $0) }
        }
        let start = world.now
        #expect(try ask(.info, "one", after: 600).escalatesAt == start + 600_000_000)
        world.advance(seconds: 10)
        let same = try ask(.info, "two", after: 5)
        #expect(same.severity == .info && same.reason == "one" && same.escalatesAt == start + 600_000_000)
        let worse = try ask(.warning, "three", after: 60)
        #expect(worse.severity == .warning && worse.reason == "three" && worse.escalatesAt == start + 70_000_000)
        let worst = try ask(.critical, "four", after: 600)
        #expect(worst.severity == .critical && worst.escalatesAt == start + 70_000_000)
        let less = try ask(.warning, "five", after: 1)
        #expect(less.severity == .critical && less.reason == "four" && less.escalatesAt == start + 70_000_000)
        #expect(less.count == 5 && less.updatedAt == world.now && less.expiresAt == world.now + 86_400_000_000)
    }

    @Test func `what is snoozed escalates as much later as it had left`() async throws {
        let start = world.now
        let id = try world.raise(escalateAfter: 100).id
        world.advance(seconds: 40)
        var after = try world.snooze(.ids([id]), until: start + 1_000_000_000)[0]
        #expect(after.snoozedUntil == start + 1_000_000_000 && after.escalatesAt == start + 1_060_000_000)
        #expect(after.expiresAt == start + 1_000_000_000 + 86_400_000_000)
        // Snoozed again, it has no less left.
        after = try world.snooze(.ids([id]), until: start + 2_000_000_000)[0]
        #expect(after.escalatesAt == start + 2_060_000_000)
        // The same again is nothing new.
        _ = try world.snooze(.ids([id]), until: start + 2_000_000_000)
        #expect(try await world.log() == ["raised help 1", "snoozed help 1", "snoozed help 1"])
        world.now = start + 2_000_000_000
        #expect(try await elapse() == 1)
        #expect(try await alert(id).snoozedUntil == nil)
        world.now = start + 2_060_000_000
        #expect(try await elapse() == 1)
        #expect(try await alert(id).isEscalated)
    }

    @Test func `an alert is snoozed to a time to come, and for seven days at most`() throws {
        let id = try world.raise().id
        #expect(throws: AlertError.self) { try world.snooze(.ids([id]), until: world.now) }
        #expect(try world.snooze(.ids([id]), until: world.now + 1)[0].snoozedUntil == world.now + 1)
        let week: Int64 = 7 * 86_400_000_000
        #expect(try world.snooze(.ids([id]), until: world.now + week + 5)[0].snoozedUntil == world.now + week)
    }

    @Test func `what was acknowledged or ended keeps who did it, and a later note`() throws {
        let id = try world.raise(escalateAfter: 60).id
        let seen = try world.acknowledge(.ids([id]), note: "mine")[0]
        #expect(
            seen.status == .acknowledged && seen.acknowledgedBy == "sue" && seen.note == "mine"
                && seen.escalatesAt == nil
        )
        #expect(seen.owner == "sue" && seen.outcome == nil)
        let done = try world.resolve(.ids([id]), outcome: .helped)[0]
        #expect(done.status == .resolved && done.resolvedBy == "sue" && done.note == "mine" && done.outcome == .helped)
        #expect(try world.acknowledge(.ids([id]), note: "again")[0] == done)
        #expect(try world.snooze(.ids([id]), until: world.now + 9)[0] == done)
    }

    @Test func `an alert keeps twelve reasons, the newest, each once`() throws {
        for number in 0..<18 { try world.raise(reason: "reason \(number)") }
        let alert = try world.raise(reason: "reason 0")
        #expect(alert.because == (6..<18).map { "reason \($0)" } && alert.reason == "reason 0" && alert.count == 19)
    }

    @Test(
        "a text of an alert is cut to six hundred characters, a name to a hundred",
        arguments: [(600, 600, false), (601, 600, true), (5_000, 600, true)]
    )
    func lengths(count: Int, kept: Int, isCut: Bool) throws {
        let alert = try world.raise(reason: String(repeating: "x ", count: count / 2) + (count % 2 == 1 ? "x" : ""))
        #expect(alert.reason.count == kept && alert.reason.hasSuffix("…") == isCut)
        let named = try world.raise(String(repeating: "k", count: 101))
        #expect(named.kind.count == 100)
    }

    // MARK: Surges

    @Test func `contacts of the last quarter of an hour make a surge, each once`() async throws {
        let surges = {
            try await world.desk.list(AlertFilter(limit: 100), for: AlertWorld.supervisor).alerts.filter {
                $0.kind == "surge"
            }
        }
        try world.raise("outage", about: "c0", group: "shop")
        world.now += SurgeGauge.window - 1
        for contact in 1..<4 { try world.raise("outage", about: "c\(contact)", group: "shop") }
        // A contact counts once, whatever it raises.
        try world.raise("other", about: "c3", group: "shop")
        #expect(try await surges().isEmpty)
        world.now += 1
        // The first one is a quarter of an hour old now.
        try world.raise("outage", about: "c4", group: "shop")
        #expect(try await surges().isEmpty)
        try world.raise("outage", about: "c5", group: "shop")
        let surge = try #require(try await surges().first)
        #expect(surge.count == 5 && surge.severity == .warning && surge.subject.id == "shop")
        #expect(surge.contacts?.map(\.conversation) == ["c5", "c4", "c3", "c2", "c1"])
        #expect(surge.expiresAt == world.now + SurgeGauge.pause && surge.escalatesAt == world.now + 300_000_000)
    }

    @Test func `a surge lists fifty contacts and counts all`() async throws {
        for contact in 0..<55 { try world.raise("outage", about: "c\(contact)", group: "shop") }
        let alerts = try await world.desk.list(AlertFilter(limit: 100), for: AlertWorld.supervisor).alerts
        let surge = try #require(alerts.first { $0.kind == "surge" })
        #expect(surge.count == 55 && surge.contacts?.count == 50 && surge.contacts?.first?.conversation == "c54")
        #expect(alerts.filter { $0.kind == "outage" && $0.isMuted }.count == 55)
    }

    @Test func `a surge ends when two contacts are left, and not with three`() async throws {
        for contact in 0..<5 {
            try world.raise("outage", about: "c\(contact)", group: "shop")
            world.advance(seconds: 30)
        }
        // The contacts are 150, 120, 90, 60 and 30 seconds old.
        let surge = {
            try await world.desk.list(AlertFilter(limit: 100), for: AlertWorld.supervisor).alerts.last {
                $0.kind == "surge"
            }
        }
        world.advance(seconds: 900 - 150 + 30)
        _ = try await elapse()
        let three = try await surge()
        #expect(three?.status == .open && three?.count == 3)
        world.advance(seconds: 60)
        _ = try await elapse()
        #expect(try await surge()?.status == .expired)
    }

    // MARK: Help and replies

    private struct Directory: ContactDirectory {
        var isOpen = true
        func contact(_ id: String, in transaction: some SQLReading) throws -> Contact? {
            id == "c1" ? Contact(conversationID: id, isOpen: isOpen, agent: "anna", teams: ["delivery"]) : nil
        }
    }

    private func help(_ principal: Principal, _ conversation: String = "c1", isOpen: Bool = true) throws -> Alert {
        try world.store.writeNow {
            try world.desk.help(
                "help",
                in: conversation,
                note: "stuck",
                directory: Directory(isOpen: isOpen),
                by: principal,
                now: world.now,
                in: $0
            )
            .value
        }
    }

    private static let anna = Principal(subject: "anna", roles: [.agent])

    @Test func `ten calls for help within a minute are taken, the eleventh is not`() throws {
        for _ in 0..<10 { _ = try help(Self.anna) }
        world.now += 59_999_999
        #expect(performing: { try help(Self.anna) }, throws: { ($0 as? AlertError)?.code == .tooMany })
        // Others are not concerned.
        #expect(try help(AlertWorld.supervisor).count == 11)
        world.now += 1
        #expect(try help(Self.anna).count == 12)
    }

    @Test(
        "only who leads a contact calls for help in it, while it goes on",
        arguments: [
            (Self.anna, "c1", true, nil), (AlertWorld.supervisor, "c1", true, nil), (Self.anna, "c1", false, .conflict),
            (Self.anna, "c2", true, .notFound), (Principal(subject: "ben", roles: [.agent]), "c1", true, .notFound),
            (
                Principal(subject: "tom", roles: [.supervisor], attributes: ["team": .one("billing")]), "c1", true,
                .notFound
            ),
        ] as [(Principal, String, Bool, AlertError.Code?)]
    )
    func helping(principal: Principal, conversation: String, isOpen: Bool, code: AlertError.Code?) throws {
        do {
            let alert = try help(principal, conversation, isOpen: isOpen)
            #expect(code == nil && alert.escalatesAt == world.now + 120_000_000 && alert.agent == "anna")
        } catch let error as AlertError {
            #expect(error.code == code)
        }
    }

    @Test func `the last ten replies are kept, of at most six hundred characters`() throws {
        let id = try world.raise().id
        let reply = { (text: String, isOpen: Bool) in
            try world.store.writeNow {
                try world.desk.reply(
                    to: id,
                    text,
                    directory: Directory(isOpen: isOpen),
                    by: AlertWorld.supervisor,
                    now: world.now,
                    in: $0
                )
                .value
            }
        }
        for number in 0..<11 { _ = try reply("reply \(number)", true) }
        let alert = try reply(String(repeating: "x ", count: 300), true)
        #expect(alert.replies?.count == 10 && alert.replies?.first?.text == "reply 2" && alert.status == .open)
        #expect(
            performing: { try reply(String(repeating: "x", count: 601), true) },
            throws: { ($0 as? AlertError)?.code == .invalid }
        )
        #expect(performing: { try reply("x", false) }, throws: { ($0 as? AlertError)?.code == .conflict })
    }

    @Test(
        "who leads another team cannot reply, and sees the alert as an auditor only",
        arguments: [([.supervisor], .notFound), ([.supervisor, .auditor], .forbidden)]
            as [(Set<Role>, AlertError.Code)]
    )
    func strangers(roles: Set<Role>, code: AlertError.Code) throws {
        let id = try world.raise(teams: ["delivery"]).id
        let stranger = Principal(subject: "leo", roles: roles, attributes: ["team": .one("billing")])
        #expect(
            performing: {
                try world.store.writeNow {
                    try world.desk.reply(
                        to: id,
                        "Offer a refund.",
                        directory: Directory(isOpen: true),
                        by: stranger,
                        now: world.now,
                        in: $0
                    )
                }
            },
            throws: { ($0 as? AlertError)?.code == code }
        )
    }

    // MARK: Lists

    @Test func `a list is complete unless there is one more`() async throws {
        for contact in 0..<3 { try world.raise(about: "c\(contact)") }
        for (limit, count, isComplete) in [(2, 2, false), (3, 3, true), (4, 3, true)] {
            let page = try await world.desk.list(AlertFilter(limit: limit), for: AlertWorld.supervisor)
            #expect(page.alerts.count == count && page.isComplete == isComplete)
        }
        let later = try await world.desk.list(AlertFilter(after: 1, limit: 9), for: AlertWorld.supervisor).alerts
        #expect(later.map(\.number) == [2, 3])
        let news = try await world.desk.list(AlertFilter(sinceEvent: 2, limit: 9), for: AlertWorld.supervisor).alerts
        #expect(news.map(\.number) == [3])
    }

    @Test func `a tally has what was raised from one moment to before another`() throws {
        let start = world.now
        for contact in 0..<3 {
            try world.raise(about: "c\(contact)")
            world.now += 1
        }
        let tally = { (from: Int64, to: Int64) in
            try world.store.readNow {
                try world.desk.outcomes(from: start + from, to: start + to, in: $0).map(\.conversationID)
            }
        }
        #expect(
            try tally(0, 3) == ["c0", "c1", "c2"] && tally(1, 2) == ["c1"] && tally(1, 1) == [] && tally(2, 9) == ["c2"]
        )
    }

    @Test func `who sees an alert is the same for one, for a list and for the contacts of a surge`() async throws {
        let owners: [(agent: String?, teams: [String], tier: Int?)] = [
            ("anna", ["delivery"], nil), ("anna", ["delivery"], 2), ("ben", ["billing"], nil),
            ("ben", ["billing", "delivery"], 1),
            (nil, ["delivery"], 3), (nil, [], nil), (nil, [], 1), ("sue", ["delivery"], 1),
        ]
        for (number, owner) in owners.enumerated() {
            let request = AlertRequest(
                kind: "k",
                subject: Alert.Subject(.resolution, "r\(number)"),
                agent: owner.agent,
                teams: owner.teams,
                reason: "r",
                leastTier: owner.tier
            )
            _ = try world.store.writeNow { try world.desk.raise(request, now: world.now, in: $0) }
        }
        let all = try await world.desk.list(AlertFilter(limit: 100), for: Principal(subject: "root", roles: [.admin]))
            .alerts
        #expect(all.count == owners.count)
        func principal(_ name: String, _ roles: Set<Role>, team: String? = nil, tier: String? = nil) -> Principal {
            var attributes: [String: AttributeValue] = [:]
            attributes["team"] = team.map { .one($0) }
            attributes["tier"] = tier.map { .one($0) }
            return Principal(subject: name, roles: roles, attributes: attributes)
        }
        for (caller, numbers) in [
            (principal("anna", [.agent]), [0]), (principal("ben", [.agent]), [2]), (principal("carl", [.agent]), []),
            (principal("sue", [.supervisor], team: "delivery", tier: "2"), [0, 1, 3]),
            (principal("tom", [.supervisor], team: "delivery", tier: "3"), [0, 1, 3, 4, 7]),
            (principal("tim", [.supervisor], team: "delivery", tier: "1"), [0, 3, 7]),
            (principal("kim", [.supervisor], team: "delivery"), [0]), (principal("pam", [.supervisor]), []),
            (principal("all", [.supervisor], team: "*", tier: "1"), [0, 2, 3, 5, 6, 7]),
            (principal("bob", [.supervisor], team: "billing", tier: "1"), [2, 3]),
            (principal("audrey", [.auditor]), Array(0..<8)),
            (principal("ben", [.agent, .supervisor], team: "delivery", tier: "3"), [0, 1, 2, 4, 7]),
        ] as [(Principal, [Int])] {
            let visibility = AlertVisibility(of: caller)
            let expected = numbers.map { "r\($0)" }
            #expect(all.filter(visibility.includes).map(\.subject.id) == expected, "\(caller.subject)")
            #expect(
                try await world.desk.list(AlertFilter(limit: 100), for: caller).alerts.map(\.subject.id) == expected,
                "\(caller.subject)"
            )
            for alert in all {
                let changed = try? world.store.writeNow {
                    try world.desk.acknowledge(.ids([alert.id]), note: nil, by: caller, now: world.now, in: $0)
                }
                #expect(
                    (changed != nil) == (expected.contains(alert.subject.id) && !caller.roles.contains(.auditor)),
                    "\(caller.subject)"
                )
            }
        }
        let contact = SurgeContact(conversation: "c", agent: "anna", teams: ["delivery"])
        for (caller, isSeen) in [
            (principal("anna", [.agent]), true), (principal("ben", [.agent]), false),
            (principal("sue", [.supervisor], team: "delivery"), true),
            (principal("tom", [.supervisor], team: "billing"), false), (principal("audrey", [.auditor]), true),
        ] {
            #expect(AlertVisibility(of: caller).includes(contact) == isSeen)
        }
        #expect(
            !AlertVisibility(of: principal("x", [.supervisor])).includes(
                SurgeContact(conversation: "c", agent: nil, teams: [])
            )
        )
    }

    @Test func `criteria leave out of a list what they leave out of a stream`() async throws {
        for (number, (agent, team, severity)) in [
            ("anna", "delivery", Severity.info), ("ben", "billing", .warning), ("anna", "billing", .critical),
        ].enumerated() {
            let request = AlertRequest(
                kind: "k\(number % 2)",
                severity: severity,
                subject: Alert.Subject(.conversation, "c\(number)"),
                agent: agent,
                teams: [team],
                customerID: "p\(number)"
            )
            _ = try world.store.writeNow { try world.desk.raise(request, now: world.now, in: $0) }
        }
        let all = try await world.desk.list(AlertFilter(limit: 9), for: AlertWorld.supervisor).alerts
        for (criteria, numbers) in [
            (AlertCriteria(), [0, 1, 2]), (AlertCriteria(severity: .info), [0, 1, 2]),
            (AlertCriteria(severity: .warning), [1, 2]),
            (AlertCriteria(severity: .critical), [2]), (AlertCriteria(kinds: ["k0"]), [0, 2]),
            (AlertCriteria(kinds: []), []),
            (AlertCriteria(teams: ["billing"]), [1, 2]), (AlertCriteria(teams: []), []),
            (AlertCriteria(agents: ["anna"]), [0, 2]),
            (AlertCriteria(agents: ["anna", "ben"]), [0, 1, 2]), (AlertCriteria(customerID: "p1"), [1]),
            (AlertCriteria(kinds: ["k0"], teams: ["billing"]), [2]), (AlertCriteria(customerID: "px"), []),
        ] {
            let expected = numbers.map { "c\($0)" }
            #expect(all.filter(criteria.includes).map(\.subject.id) == expected)
            let listed = try await world.desk.list(
                AlertFilter(criteria: criteria, limit: 9),
                for: AlertWorld.supervisor
            ).alerts
            #expect(listed.map(\.subject.id) == expected)
        }
    }
}
