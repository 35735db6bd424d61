import Access
import HTTPFetch
import Spelling
import StrictYAML
import Yams

/// Reads a file of webhooks; a member with a mistake is reported, and reading goes on.
final class WebhookReader {
    private static let members = [
        "url", "events", "teams", "secrets", "tier", "locale", "allow_private", "paused", "timeouts", "retry",
        "parallel", "breaker", "most_bytes", "ca",
    ]
    /// Variables of other programs are none of the secrets' business.
    private static let variablePrefix = "FRONTLINE_WEBHOOK_"

    private let file: String
    private var findings: [WebhookFinding] = []

    init(file: String) { self.file = file }

    func read(_ yaml: String) throws(WebhookError) -> WebhookBook {
        let limits = YAMLSource.Limits(bytes: WebhookBook.Limits.bytes, aliases: 100, values: 20_000, depth: 16)
        let root: Node?
        do throws(YAMLProblem) {
            root = try YAMLSource(yaml, limits: limits).root()
        } catch {
            throw WebhookError(findings: [finding(error.message(), line: error.line, column: error.column)])
        }
        guard let root else {
            throw WebhookError(findings: [finding("the file is empty; `webhooks: {}` tells nobody of anything")])
        }
        let book = note { () throws(WebhookFinding) in try self.book(WebhookNode(node: root, file: file)) }
        guard findings.isEmpty, let book else { throw WebhookError(findings: sorted) }
        return book
    }

    private var sorted: [WebhookFinding] {
        findings.sorted { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    }

    private func finding(_ message: String, line: Int = 0, column: Int = 0) -> WebhookFinding {
        WebhookFinding(file: file, line: line, column: column, message: message)
    }

    /// What a reading gives; nil where it found a mistake, which is noted.
    private func note<T>(_ read: () throws(WebhookFinding) -> T?) -> T? {
        do { return try read() } catch {
            findings.append(error)
            return nil
        }
    }

    /// The members of a map, of which unknown ones are noted.
    private func members(_ node: WebhookNode, _ known: [String]) throws(WebhookFinding) -> [String: WebhookNode] {
        try node.members(known) { key, name in
            let guess = NearestName.question(name, among: known)
            findings.append(key.error("unknown member “\(name.prefix(40))”\(guess)"))
        }
    }

    private func book(_ root: WebhookNode) throws(WebhookFinding) -> WebhookBook? {
        let map = try members(root, ["source", "keep", "webhooks"])
        guard let list = map["webhooks"] else { throw root.error("“webhooks” is missing") }
        let source = note { () throws(WebhookFinding) in try map["source"].map(self.source) }
        let keep = note { () throws(WebhookFinding) in try map["keep"].map(self.keep) }
        guard let entries = list.node.mapping else {
            throw list.error("a map is expected, with a name for each webhook; {} for none")
        }
        guard entries.count <= WebhookBook.Limits.hooks else {
            throw list.error("at most \(WebhookBook.Limits.hooks) webhooks are expected, found \(entries.count)")
        }
        let hooks = entries.compactMap { key, value in
            note { () throws(WebhookFinding) in try self.hook(list.child(key), list.child(value)) }
        }
        return WebhookBook(
            source: source ?? WebhookBook.empty.source,
            keep: keep ?? WebhookBook.Keep(),
            hooks: hooks
        )
    }

    private func source(_ node: WebhookNode) throws(WebhookFinding) -> String {
        let text = try node.text(most: 200)
        let allowed = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\"{}|\\^`".utf8.contains($0) }
        guard allowed else { throw node.error("a URI or a path is expected, such as /frontline/ohmstead") }
        return text
    }

    private func keep(_ node: WebhookNode) throws(WebhookFinding) -> WebhookBook.Keep {
        let map = try members(node, ["delivered", "failed"])
        var keep = WebhookBook.Keep()
        let range = 3_600...(365 * 86_400)
        if let time = try map["delivered"]?.time(in: range) { keep.delivered = time }
        if let time = try map["failed"]?.time(in: range) { keep.failed = time }
        return keep
    }

    private func hook(_ key: WebhookNode, _ node: WebhookNode) throws(WebhookFinding) -> Webhook? {
        let name = try key.text(most: 60)
        guard name.wholeMatch(of: #/[a-z][a-z0-9_-]*/#) != nil else {
            throw key.error("the name of a webhook is expected: a small letter, then small letters, digits, - and _")
        }
        let map = try members(node, Self.members)
        for member in ["url", "events", "teams", "secrets"] where map[member] == nil {
            findings.append(key.error("“\(member)” of “\(name)” is missing"))
        }
        let isPrivate = note { () throws(WebhookFinding) in try map["allow_private"]?.flag() } ?? false
        let url = note { () throws(WebhookFinding) in
            try map["url"].map { (node) throws(WebhookFinding) in try self.url(node, isPrivate) }
        }
        let events = note { () throws(WebhookFinding) in try map["events"].map(self.events) }
        let teams = note { () throws(WebhookFinding) in try map["teams"].map(self.teams) }
        let secrets = note { () throws(WebhookFinding) in try map["secrets"].map(self.secrets) }
        guard let url, let events, let teams, let secrets else { return nil }
        var hook = Webhook(name: name, url: url, events: events, teams: teams, secrets: secrets)
        hook.allowsPrivateAddresses = isPrivate
        try addReader(map, to: &hook)
        try addSending(map, to: &hook)
        return hook
    }

    /// As whom the hook reads.
    private func addReader(_ map: [String: WebhookNode], to hook: inout Webhook) throws(WebhookFinding) {
        hook.tier = try map["tier"]?.integer(in: 0...100)
        if let node = map["locale"] {
            let locale = try node.text(most: 35)
            guard locale.wholeMatch(of: #/[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*/#) != nil else {
                throw node.error("a language is expected, such as en or de-AT")
            }
            hook.locale = locale
        }
        if let isPaused = try map["paused"]?.flag() { hook.isPaused = isPaused }
    }

    /// How the hook is sent to.
    private func addSending(_ map: [String: WebhookNode], to hook: inout Webhook) throws(WebhookFinding) {
        if let node = map["timeouts"] {
            let times = try members(node, ["connect", "total"])
            if let time = try times["connect"]?.time(in: 1...30) { hook.connectTimeout = time }
            if let time = try times["total"]?.time(in: 1...60) { hook.timeout = time }
        }
        if let node = map["retry"] {
            let pauses = try node.items()
            guard pauses.count <= WebhookBook.Limits.retries else {
                throw node.error("at most \(WebhookBook.Limits.retries) pauses are expected, found \(pauses.count)")
            }
            var retries: [Duration] = []
            for pause in pauses { retries.append(try pause.time(in: 1...(7 * 86_400))) }
            hook.retries = retries
        }
        if let number = try map["parallel"]?.integer(in: 1...16) { hook.parallel = number }
        if let node = map["breaker"] {
            let parts = try members(node, ["failures", "pause", "longest"])
            if let number = try parts["failures"]?.integer(in: 1...1_000) { hook.breaker.failures = number }
            if let time = try parts["pause"]?.time(in: 1...3_600) { hook.breaker.pause = time }
            if let time = try parts["longest"]?.time(in: 1...86_400) { hook.breaker.longest = time }
            guard hook.breaker.longest >= hook.breaker.pause else {
                throw node.error("“longest” is expected to be no shorter than “pause”")
            }
        }
        if let bytes = try map["most_bytes"]?.integer(in: 4_096...(1 << 20)) { hook.mostBytes = bytes }
        hook.authorities = try map["ca"].map(path)
    }

    private func url(_ node: WebhookNode, _ isPrivate: Bool) throws(WebhookFinding) -> String {
        let text = try node.text()
        guard let target = HTTPTarget(text) else { throw node.error("an https address is expected") }
        guard !target.hasCredentials else {
            throw node.error("an address without user name and password is expected: receivers verify the signature")
        }
        guard isPrivate || target.isEncrypted else {
            throw node.error("an https address is expected; http is for receivers with `allow_private: true`")
        }
        guard isPrivate || !target.isPrivate else {
            throw node.error("a public address is expected, unless `allow_private: true` is said")
        }
        return text
    }

    private func events(_ node: WebhookNode) throws(WebhookFinding) -> [String] {
        var result: [String] = []
        for (text, item) in try node.texts(most: EventTypes.all.count) {
            guard EventTypes.all.contains(where: { EventTypes.matches($0, text) }) else {
                let guess = NearestName.question(text, among: EventTypes.all)
                throw item.error("there are no events “\(text.prefix(60))”\(guess)")
            }
            result.append(text)
        }
        guard !result.isEmpty else { throw node.error("at least one type of events is expected, such as alert.raised") }
        return result
    }

    private func teams(_ node: WebhookNode) throws(WebhookFinding) -> [String] {
        let texts = try node.texts(most: WebhookBook.Limits.teams)
        for (text, item) in texts where text.utf8.count > 200 {
            throw item.error("the name of a team is expected")
        }
        let names = texts.map(\.text)
        guard !names.isEmpty else { throw node.error("at least one team is expected, or \"*\" for all") }
        guard names.count == 1 || !names.contains(Principal.everyTeam) else {
            throw node.error("“*” stands for all teams and is expected alone")
        }
        return names
    }

    private func secrets(_ node: WebhookNode) throws(WebhookFinding) -> [Webhook.SecretPlace] {
        let items = try node.items()
        guard (1...WebhookBook.Limits.secrets).contains(items.count) else {
            throw node.error("1 to \(WebhookBook.Limits.secrets) secrets are expected, the current one first")
        }
        var places: [Webhook.SecretPlace] = []
        for item in items {
            let map = try members(item, ["env", "file"])
            switch (map["env"], map["file"]) {
            case (let variable?, nil): places.append(.environment(try self.variable(variable)))
            case (nil, let file?): places.append(.file(try path(file)))
            default: throw item.error("either “env”, the name of a variable, or “file”, a path, is expected")
            }
        }
        return places
    }

    private func variable(_ node: WebhookNode) throws(WebhookFinding) -> String {
        let text = try node.text(most: 100)
        guard text.hasPrefix(Self.variablePrefix), text.wholeMatch(of: #/[A-Z0-9_]+/#) != nil else {
            throw node.error("a variable whose name begins with \(Self.variablePrefix) is expected")
        }
        return text
    }

    private func path(_ node: WebhookNode) throws(WebhookFinding) -> String {
        let text = try node.text(most: 1_000)
        guard text.hasPrefix("/") else { throw node.error("a path that begins with / is expected") }
        return text
    }
}
