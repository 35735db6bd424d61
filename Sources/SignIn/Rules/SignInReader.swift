import Access
import IdentityTokens
import Spelling
import StrictYAML
import Vocabulary
import Yams

/// Reads the rules of sign-in; a member with a mistake is reported, and reading goes on.
final class SignInReader {
    private static let members = [
        "scopes", "audiences", "algorithms", "clock_skew", "subject", "roles", "attributes", "sessions",
    ]

    private let file: String
    private var findings: [SignInFinding] = []

    init(file: String) { self.file = file }

    func read(_ yaml: String) throws(SignInError) -> SignInBook {
        let limits = YAMLSource.Limits(bytes: SignInBook.Limits.bytes, aliases: 100, values: 20_000, depth: 16)
        let root: Node?
        do throws(YAMLProblem) {
            root = try YAMLSource(yaml, limits: limits).root()
        } catch {
            throw SignInError(findings: [finding(error.message(), line: error.line, column: error.column)])
        }
        guard let root else {
            throw SignInError(findings: [finding("the file is empty; `roles: []` lets nobody in")])
        }
        let book = note { () throws(SignInFinding) in try self.book(SignInNode(node: root, file: file)) }
        guard findings.isEmpty, let book else { throw SignInError(findings: sorted) }
        return book
    }

    private var sorted: [SignInFinding] {
        findings.sorted { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    }

    private func finding(_ message: String, line: Int = 0, column: Int = 0) -> SignInFinding {
        SignInFinding(file: file, line: line, column: column, message: message)
    }

    /// What a reading gives; nil where it found a mistake, which is noted.
    private func note<T>(_ read: () throws(SignInFinding) -> T?) -> T? {
        do { return try read() } catch {
            findings.append(error)
            return nil
        }
    }

    /// The members of a map, of which unknown ones are noted.
    private func members(_ node: SignInNode, _ known: [String]) throws(SignInFinding) -> [String: SignInNode] {
        try node.members(known) { key, name in
            let guess = NearestName.question(name, among: known)
            findings.append(key.error("unknown member “\(name.prefix(40))”\(guess)"))
        }
    }

    private func book(_ root: SignInNode) throws(SignInFinding) -> SignInBook? {
        let map = try members(root, Self.members)
        guard let roleList = map["roles"] else { throw root.error("“roles” is missing; [] lets nobody in") }
        var book = SignInBook.empty
        if let scopes = note({ () throws(SignInFinding) in try map["scopes"].map(self.scopes) }) {
            book.scopes = scopes
        }
        if let audiences = note({ () throws(SignInFinding) in try map["audiences"].map(self.audiences) }) {
            book.audiences = audiences
        }
        if let algorithms = note({ () throws(SignInFinding) in try map["algorithms"].map(self.algorithms) }) {
            book.algorithms = algorithms
        }
        if let skew = note({ () throws(SignInFinding) in try map["clock_skew"]?.time(in: 0...300) }) {
            book.clockSkew = skew
        }
        if let subject = note({ () throws(SignInFinding) in try map["subject"].map(self.subject) }) {
            book.subject = subject
        }
        if let roles = note({ () throws(SignInFinding) in try self.roles(roleList) }) { book.roles = roles }
        if let attributes = note({ () throws(SignInFinding) in try map["attributes"].map(self.attributes) }) {
            book.attributes = attributes.sorted { $0.name < $1.name }
        }
        if let sessions = note({ () throws(SignInFinding) in try map["sessions"].map(self.sessions) }) {
            book.sessions = sessions
        }
        return book
    }

    private func scopes(_ node: SignInNode) throws(SignInFinding) -> [String] {
        var scopes: [String] = []
        for (text, item) in try node.texts(most: SignInBook.Limits.scopes) {
            // RFC 6749, section 3.3.
            let isScope = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
            guard isScope else { throw item.error("a scope without spaces is expected, such as profile") }
            scopes.append(text)
        }
        guard scopes.contains("openid") else { throw node.error("“openid” is expected among the scopes") }
        return scopes
    }

    private func audiences(_ node: SignInNode) throws(SignInFinding) -> [String] {
        try node.texts(most: SignInBook.Limits.audiences).map(\.text)
    }

    private func algorithms(_ node: SignInNode) throws(SignInFinding) -> Set<SignatureAlgorithm> {
        var result: Set<SignatureAlgorithm> = []
        for item in try node.items() { result.insert(try item.choice(of: SignatureAlgorithm.self)) }
        guard !result.isEmpty else { throw node.error("at least one algorithm is expected, such as RS256") }
        return result
    }

    private func subject(_ node: SignInNode) throws(SignInFinding) -> SignInBook.Subject {
        let map = try members(node, ["claim", "prefix"])
        guard let claim = map["claim"] else { throw node.error("“claim” is missing") }
        return SignInBook.Subject(claim: try path(claim), prefix: try map["prefix"]?.text(most: 60) ?? "")
    }

    private func roles(_ node: SignInNode) throws(SignInFinding) -> [SignInBook.RoleRule] {
        let items = try node.items()
        guard items.count <= SignInBook.Limits.roles else {
            throw node.error("at most \(SignInBook.Limits.roles) rules are expected, found \(items.count)")
        }
        return items.compactMap { item in
            note { () throws(SignInFinding) in
                let map = try members(item, ["claim", "has", "role"])
                guard let claim = map["claim"], let value = map["has"], let role = map["role"] else {
                    throw item.error("{claim: …, has: …, role: …} is expected")
                }
                return SignInBook.RoleRule(
                    claim: try path(claim),
                    value: try value.text(),
                    role: try role.choice(of: Role.self)
                )
            }
        }
    }

    private func attributes(_ node: SignInNode) throws(SignInFinding) -> [SignInBook.AttributeRule] {
        guard let entries = node.node.mapping else {
            throw node.error("a map is expected, with a rule for each attribute")
        }
        guard entries.count <= SignInBook.Limits.attributes else {
            throw node.error("at most \(SignInBook.Limits.attributes) attributes are expected, found \(entries.count)")
        }
        return entries.compactMap { key, value in
            note { () throws(SignInFinding) in try attribute(node.child(key), node.child(value)) }
        }
    }

    private func attribute(_ key: SignInNode, _ node: SignInNode) throws(SignInFinding) -> SignInBook.AttributeRule {
        let name = try key.text(most: 60)
        guard name.wholeMatch(of: #/[a-z][a-z0-9_]*/#) != nil else {
            throw key.error("the name of an attribute is expected: a small letter, then small letters, digits and _")
        }
        let map = try members(node, ["claim", "begins", "values", "otherwise"])
        guard let claim = map["claim"] else { throw node.error("“claim” of “\(name)” is missing") }
        return SignInBook.AttributeRule(
            name: name,
            claim: try path(claim),
            beginning: try map["begins"]?.text(most: 200),
            meanings: try map["values"].map(meanings),
            otherwise: try map["otherwise"].map(value)
        )
    }

    private func meanings(_ node: SignInNode) throws(SignInFinding) -> [String: String] {
        guard let entries = node.node.mapping, entries.count <= SignInBook.Limits.values else {
            throw node.error("a map of at most \(SignInBook.Limits.values) values is expected")
        }
        var result: [String: String] = [:]
        for (key, entry) in entries { result[try node.child(key).text()] = try value(node.child(entry)) }
        return result
    }

    private func value(_ node: SignInNode) throws(SignInFinding) -> String {
        let text = try node.text()
        guard SignInBook.isUsable(text) else { throw node.error("a value of at most 200 characters is expected") }
        return text
    }

    /// A claim: its name, or a list of names for a nested one.
    private func path(_ node: SignInNode) throws(SignInFinding) -> SignInBook.Path {
        let names = try node.texts(most: 8).map(\.text)
        guard !names.isEmpty else { throw node.error("the name of a claim is expected, or a list of nested names") }
        return names
    }

    private func sessions(_ node: SignInNode) throws(SignInFinding) -> SignInSession.Limits {
        let map = try members(node, ["idle", "longest"])
        var limits = SignInSession.Limits.standard
        if let time = try map["idle"]?.time(in: 60...86_400) { limits.idle = time }
        if let time = try map["longest"]?.time(in: 300...(30 * 86_400)) { limits.longest = time }
        guard limits.longest >= limits.idle else {
            throw node.error("“longest” is expected to be no shorter than “idle”")
        }
        return limits
    }
}

/// A place in the rules of sign-in.
struct SignInNode: StrictNode {
    static let longestText = 1_000

    let node: Node
    let file: String

    func child(_ node: Node) -> SignInNode { SignInNode(node: node, file: file) }

    func error(_ message: String) -> SignInFinding {
        SignInFinding(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    /// A span of time such as `30s`, `5m`, `2h` or `7d`, within a range of seconds, in microseconds.
    func time(in range: ClosedRange<Int>) throws(SignInFinding) -> Int64 {
        let units = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let text = node.scalar?.string ?? ""
        guard let unit = units[String(text.suffix(1))], let number = Int(text.dropLast()),
            (0...100_000).contains(number), range.contains(number * unit)
        else {
            throw error(
                "a time from \(range.lowerBound) to \(range.upperBound) seconds is expected, such as 30s, 5m, 2h or 7d"
            )
        }
        return Int64(number * unit) * 1_000_000
    }
}
