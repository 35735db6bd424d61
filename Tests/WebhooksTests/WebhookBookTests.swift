import Access
import Testing
import Vocabulary
import Webhooks

/// The file of webhooks: what it says, and what is wrong with it, and where.
@Suite struct WebhookBookTests {
    static let hook = """
          crm:
            url: https://crm.example.com/hooks
            events: [alert.raised, work.*]
            teams: [delivery, returns]
            secrets: [{env: FRONTLINE_WEBHOOK_CRM}]
        """

    private static func book(_ text: String) throws -> WebhookBook { try WebhookBook(yaml: text, file: "w.yaml") }

    @Test func `a short entry has the defaults`() throws {
        let book = try Self.book("webhooks:\n" + Self.hook)
        let hook = try #require(book["crm"])
        #expect(book.hooks == [hook] && book.source == "/frontline" && book["erp"] == nil)
        #expect(hook.wants("alert.raised") && hook.wants("work.claimed") && !hook.wants("alert.resolved"))
        #expect(!hook.wants("workers.claimed") && !hook.allowsPrivateAddresses && !hook.isPaused)
        #expect(hook.retries.count == 9 && hook.retries.reduce(.zero, +) > .seconds(3 * 86_400))
        #expect(hook.timeout == .seconds(15) && hook.parallel == 4 && hook.mostBytes == 65_536)
        #expect(hook.reader.roles == [.supervisor] && hook.reader.teams == ["delivery", "returns"])
        #expect(hook.reader.tier == nil && !hook.reader.leadsEveryTeam)
    }

    @Test func `everything can be said`() throws {
        let book = try Self.book(
            """
            source: https://frontline.example.com/ohmstead
            keep: {delivered: 2h, failed: 90d}
            webhooks:
              erp_1:
                url: http://10.0.0.7:8080/in?x=1
                events: "resolution.*"
                teams: "*"
                tier: 2
                locale: de-AT
                secrets: [{file: /run/secrets/new}, {env: FRONTLINE_WEBHOOK_OLD}]
                allow_private: true
                paused: true
                timeouts: {connect: 1s, total: 1m}
                retry: [1s, 2m, 3h]
                parallel: 1
                breaker: {failures: 2, pause: 10s, longest: 1h}
                most_bytes: 4096
                ca: /etc/ssl/own.pem
            """
        )
        let hook = try #require(book["erp_1"])
        #expect(book.source == "https://frontline.example.com/ohmstead")
        #expect(book.keep == .init(delivered: .seconds(7_200), failed: .seconds(90 * 86_400)))
        #expect(hook.reader.leadsEveryTeam && hook.reader.tier == 2)
        #expect(hook.reader.attributes["locale"] == .one("de-AT"))
        #expect(hook.secrets == [.file("/run/secrets/new"), .environment("FRONTLINE_WEBHOOK_OLD")])
        #expect(
            hook.allowsPrivateAddresses && hook.isPaused
                && hook.retries == [.seconds(1), .seconds(120), .seconds(10_800)]
        )
        #expect(hook.breaker == .init(failures: 2, pause: .seconds(10), longest: .seconds(3_600)))
        #expect(
            hook.connectTimeout == .seconds(1) && hook.timeout == .seconds(60) && hook.authorities == "/etc/ssl/own.pem"
        )
    }

    @Test func `nothing can be said`() throws { #expect(try Self.book("webhooks: {}").hooks.isEmpty) }

    @Test(
        arguments: [
            ("", 0, "empty"), ("webhooks: [", 2, "YAML"), ("hooks: {}", 1, "“webhooks” is missing"),
            ("webhooks: []", 1, "a map is expected"), ("webhooks: {}\nsource: a b", 2, "a URI"),
            ("webhooks: {}\nkeep: {delivered: 1s}", 2, "1h to 365d"), ("webhooks: {}\nwebhooks: {}", 1, "occurs twice"),
            ("webhooks: {}\nsouce: x", 2, "did you mean “source”"),
            ("webhooks:\n  Crm: {}", 2, "the name of a webhook"),
            ("webhooks:\n  crm: {}", 2, "“url” of “crm” is missing"),
        ] as [(String, Int, String)]
    )
    func `mistakes of the file have their line`(text: String, line: Int, words: String) {
        let error = #expect(throws: WebhookError.self) { try Self.book(text) }
        #expect(error?.code == .invalid)
        let found = error?.findings.contains { $0.line == line && $0.message.contains(words) }
        #expect(found == true, "\(String(describing: error))")
    }

    @Test(
        arguments: [
            ("url: ftp://x.example.com", "https address"), ("url: http://crm.example.com/", "allow_private"),
            ("url: https://me:pw@crm.example.com/", "without user name"), ("url: https://127.0.0.1/", "public address"),
            ("url: https://[fd00:ec2::254]/", "public address"), ("url: https://0x7f.1/", "public address"),
            ("url: https://169.254.169.254/latest", "public address"), ("url: https://localhost/", "public address"),
            ("url: https://printer.local/", "public address"), ("url: https://a b/", "https address"),
            ("events: []", "at least one type"), ("events: [alert.rised]", "did you mean “alert.raised”"),
            ("events: [\"*\"]", "there are no events"), ("events: [turn.*]", "there are no events"),
            ("events: [conversation.turn]", "there are no events"), ("events: {}", "a text is expected"),
            ("teams: []", "at least one team"), ("teams: [a, \"*\"]", "expected alone"),
            ("secrets: []", "1 to 4 secrets"), ("secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]", "a map"),
            ("secrets: [{env: HOME}]", "FRONTLINE_WEBHOOK_"),
            ("secrets: [{env: FRONTLINE_WEBHOOK_a}]", "FRONTLINE_WEBHOOK_"),
            ("secrets: [{file: secret}]", "begins with /"),
            ("secrets: [{env: FRONTLINE_WEBHOOK_A, file: /b}]", "either"),
            ("secrets: [{}]", "either"), ("tier: -1", "0 to 100"), ("locale: deutsch-", "a language"),
            ("allow_private: ja", "true or false"), ("paused: 1", "true or false"),
            ("timeouts: {total: 2m}", "1s to 1m"),
            ("timeouts: {connect: 5}", "1s to 30s"), ("retry: [0s]", "1s to 7d"), ("retry: 5s", "a list"),
            ("parallel: 17", "1 to 16"), ("breaker: {failures: 0}", "1 to 1000"),
            ("breaker: {pause: 1h, longest: 1m}", "no shorter"), ("most_bytes: 10", "4096"),
            ("ca: own.pem", "begins with /"),
            ("redirects: true", "unknown member"),
        ] as [(String, String)]
    )
    func `mistakes of a webhook have their line`(member: String, words: String) {
        let name = member.prefix { $0 != ":" }
        let lines = Self.hook.split(separator: "\n").map(String.init).filter { !$0.contains(" \(name): ") }
        let text = (["webhooks:"] + lines + ["    " + member]).joined(separator: "\n")
        let error = #expect(throws: WebhookError.self) { try Self.book(text) }
        let line = lines.count + 2
        #expect(error?.findings.count == 1, "\(String(describing: error))")
        let found = error?.findings.contains { $0.line == line && $0.message.contains(words) }
        #expect(found == true, "\(String(describing: error))")
    }

    @Test func `every mistake is told at once`() {
        let text = "webhooks:\n  a: {url: x, events: y, teams: [], secrets: []}\n  b: {}\nkeep: 1\n"
        let error = #expect(throws: WebhookError.self) { try Self.book(text) }
        #expect((error?.findings.count ?? 0) >= 8)
        #expect(error?.findings.map(\.line) == error?.findings.map(\.line).sorted())
    }

    @Test func `there are no more webhooks than a server can serve`() throws {
        let hooks = { (count: Int) in
            "webhooks:\n"
                + (0..<count).map { Self.hook.replacing("crm:", with: "crm\($0):") }.joined(separator: "\n")
        }
        #expect(try Self.book(hooks(WebhookBook.Limits.hooks)).hooks.count == WebhookBook.Limits.hooks)
        #expect(throws: WebhookError.self) { try Self.book(hooks(WebhookBook.Limits.hooks + 1)) }
    }

    @Test func `damaged files are refused with a finding, and only they`() {
        var generator = SystemRandomNumberGenerator()
        let good = Array(("source: /x\nkeep: {failed: 9d}\nwebhooks:\n" + Self.hook).utf8)
        let pieces = ["*", "&a", "{", "]", ": ", "\n", "\t", "- ", "!!", "\"", "9", "é", "\u{0}", "whsec_", "env"].map {
            Array($0.utf8)
        }
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                }
                if bytes.isEmpty { bytes = [10] }
            }
            do throws(WebhookError) {
                for hook in try WebhookBook(yaml: String(decoding: bytes, as: UTF8.self), file: "w").hooks {
                    #expect(hook.url.hasPrefix("https://") && !hook.secrets.isEmpty && !hook.teams.isEmpty)
                }
            } catch {
                #expect(error.code == .invalid && !error.findings.isEmpty)
            }
        }
    }

    @Test func `every type of events has the name of its noun`() {
        #expect(EventTypes.all.count > 30 && Set(EventTypes.all).count == EventTypes.all.count)
        #expect(
            EventTypes.all.allSatisfy { $0.wholeMatch(of: #/(alert|work|resolution|conversation)\.[a-z_]+/#) != nil }
        )
        #expect(!EventTypes.all.contains("conversation.turn") && !EventTypes.all.contains(EventTypes.test))
    }
}
