import Testing
import Vocabulary
import Webhooks

/// What follows an attempt, and what is signed: pure functions.
@Suite struct AttemptTests {
    private static let second: Int64 = 1_000_000
    private static var hook: Webhook {
        Webhook(name: "crm", url: "https://crm.example.com", events: ["alert.*"], teams: ["*"], secrets: [.file("/x")])
    }

    private static let waiting = Delivery(
        number: 1,
        hook: "crm",
        log: "alert_events",
        cursor: 7,
        type: "alert.raised",
        subject: "alert/al-1",
        state: .waiting,
        attempts: 0,
        createdAt: 0,
        dueAt: 0
    )

    @Test func `the signature is that of the standard's example`() throws {
        let signature = try #require(WebhookSignature(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]))
        let body = #"{"test": 2432232314}"#
        let headers = signature.headers(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: body)
        #expect(
            headers == [
                "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330",
                "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ]
        )
    }

    @Test func `a body is signed with every secret while they are exchanged`() throws {
        let (old, new) = (WebhookSignature.newSecret(), WebhookSignature.newSecret())
        #expect(old != new)
        let line = { (secrets: [String]) in
            WebhookSignature(secrets)?.headers(id: "a", seconds: 1, body: "{}").last?.dropFirst(
                "webhook-signature: ".count
            )
        }
        let both = try #require(line([new, old])?.split(separator: " ").map(String.init))
        let (first, second) = (try #require(line([new])), try #require(line([old])))
        #expect(both == [String(first), String(second)])
    }

    @Test(arguments: [
        [], [""], ["whsec_"], ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], ["whsec_c2hvcnQ="], ["whsec_%%%"],
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_x"],
        ["whsec_" + String(repeating: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", count: 3)],
    ])
    func `what is no secret signs nothing`(secrets: [String]) { #expect(WebhookSignature(secrets) == nil) }

    @Test func `attempts follow the schedule and then end`() {
        var hook = Self.hook
        hook.retries = [.seconds(5), .seconds(60)]
        var (delivery, now) = (Self.waiting, Int64(0))
        for pause in [5, 60] as [Int64] {
            delivery = delivery.after(WebhookOutcome(status: 500), of: hook, now: now, chance: 0)
            #expect(delivery.state == .waiting && delivery.dueAt == now + pause * Self.second && delivery.status == 500)
            now = delivery.dueAt
        }
        delivery = delivery.after(WebhookOutcome(.timeout), of: hook, now: now, chance: 0)
        #expect(
            delivery.state == .failed && delivery.attempts == 3 && delivery.endedAt == now && delivery.status == nil
        )
        #expect(delivery.problem == "did not answer in time")
    }

    @Test func `chance adds a fifth at most`() {
        let longest = Self.waiting.after(WebhookOutcome(status: 500), of: Self.hook, now: 0, chance: 1)
        #expect(longest.dueAt == 6 * Self.second)
    }

    @Test(arguments: [(1, 5), (30, 30), (86_400, 86_400), (9_999_999, 86_400)] as [(Int, Int64)])
    func `the receiver is left alone for as long as it asks, within bounds`(asked: Int, seconds: Int64) {
        let outcome = WebhookOutcome(status: 429, retryAfter: .seconds(asked))
        let delivery = Self.waiting.after(outcome, of: Self.hook, now: 0, chance: 0)
        #expect(delivery.dueAt == seconds * Self.second)
        var state = HookState()
        let isBack = state.note(outcome, of: Self.hook, now: 0, chance: 0)
        #expect(!isBack)
        let wait = min(Int64(asked), 86_400)
        #expect(state.room(Self.hook, now: wait * Self.second - 1) == 0)
        #expect(state.room(Self.hook, now: wait * Self.second) == 4)
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `every 2xx is an arrival`(status: Int) {
        let delivery = Self.waiting.after(WebhookOutcome(status: status), of: Self.hook, now: 9, chance: 0.5)
        #expect(delivery.state == .delivered && delivery.endedAt == 9 && delivery.problem == nil)
    }

    @Test(arguments: [300, 301, 302, 307, 308, 400, 401, 404, 500, 503, 600])
    func `nothing else is one`(status: Int) {
        let delivery = Self.waiting.after(WebhookOutcome(status: status), of: Self.hook, now: 9, chance: 0.5)
        #expect(delivery.state == .waiting && delivery.problem?.contains("\(status)") == true)
    }

    @Test func `410 stops the hook until its receiver takes a test or is elsewhere, and loses nothing`() {
        var (hook, state) = (Self.hook, HookState())
        let outcome = WebhookOutcome(status: 410)
        _ = state.note(outcome, of: hook, now: 5, chance: 0)
        #expect(state.isStopped(hook) && state.room(hook, now: .max) == 0)
        #expect(Self.waiting.after(outcome, of: hook, now: 5, chance: 0).state == .waiting)
        hook = Webhook(
            name: "crm",
            url: "https://new.example.com",
            events: hook.events,
            teams: ["*"],
            secrets: hook.secrets
        )
        #expect(!state.isStopped(hook) && state.room(hook, now: 6) == 4)
        var tested = state
        let isBack = tested.note(WebhookOutcome(status: 204), of: Self.hook, now: 7, chance: 0)
        #expect(isBack)
        #expect(!tested.isStopped(Self.hook) && tested.room(Self.hook, now: 7) == 4)
    }

    @Test func `a receiver that goes on failing is left alone twice as long each time, and then tried with one`() {
        var state = HookState()
        var now: Int64 = 0
        for _ in 1..<5 {
            _ = state.note(WebhookOutcome(.connect), of: Self.hook, now: now, chance: 0)
            #expect(state.room(Self.hook, now: now) == 4)
        }
        var pauses: [Int64] = []
        for _ in 0..<8 {
            _ = state.note(WebhookOutcome(.connect), of: Self.hook, now: now, chance: 0)
            let resumes = state.resumesAt ?? 0
            pauses.append((resumes - now) / Self.second)
            #expect(state.room(Self.hook, now: resumes - 1) == 0 && state.room(Self.hook, now: resumes) == 1)
            now = resumes
        }
        #expect(pauses == [30, 60, 120, 240, 480, 900, 900, 900])
        let isBack = state.note(WebhookOutcome(status: 200), of: Self.hook, now: now, chance: 0)
        #expect(isBack)
        #expect(state.room(Self.hook, now: now) == 4 && state.failures == 0)
        let isBackAgain = state.note(WebhookOutcome(status: 200), of: Self.hook, now: now, chance: 0)
        #expect(!isBackAgain)
    }

    @Test func `a paused hook has no room, and one without its secret is tried again later`() {
        var (hook, state) = (Self.hook, HookState())
        hook.isPaused = true
        #expect(state.room(hook, now: 0) == 0)
        state.noteSecret(of: Self.hook, now: 0)
        #expect(state.room(Self.hook, now: 29 * Self.second) == 0 && state.room(Self.hook, now: 30 * Self.second) == 4)
        #expect(state.failures == 0 && state.problem?.contains("whsec_") == true)
    }

    @Test func `no failure repeats what the receiver wrote`() {
        for failure in WebhookOutcome.Failure.allCases { #expect(WebhookOutcome(failure).problem != nil) }
        #expect(WebhookOutcome(status: 302).problem == "redirected with 302, which is not followed")
    }
}
