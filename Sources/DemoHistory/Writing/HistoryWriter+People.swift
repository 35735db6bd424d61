import Access
import AuditTrail
import FrontlineProtocol
import FrontlineService
import Vocabulary

/// People come and leave, and what they work with changes.
extension HistoryWriter {
    /// Creates the tokens of the systems that open, record and pay.
    func prepareSystems() async throws {
        telephony = try await token(
            "telephony",
            [.integration],
            declaration: TokenDeclaration(
                owner: plan.story.company,
                purpose: "opens and records contacts",
                allowed: try MethodAllowance(declaring: ["conversation.*"], for: [.integration])
            )
        )
        payments = try await token(
            "payments",
            [.integration],
            declaration: TokenDeclaration(
                owner: plan.story.company,
                purpose: "pays what was granted",
                allowed: try MethodAllowance(declaring: ["resolution.settle"], for: [.integration])
            )
        )
    }

    /// Creates the token of a person, whose text nobody gets to see.
    func hire(_ number: Int) async throws {
        let person = plan.roster.people[number]
        let roles: Set<Role> =
            switch person.job {
            case .agent: [.agent]
            case .lead: [.supervisor]
            // Somebody who keeps articles also does the work that the desk gets.
            case .keeper: [.knowledgeManager, .agent]
            case .operations: [.operations]
            }
        principals[number] = try await token(
            person.subject,
            roles,
            ["team": .one(person.team), "tier": .one("\(person.tier)")]
        )
        fingerprint.add("hire \(person.subject)")
    }

    /// Revokes the token of somebody who leaves.
    func leave(_ number: Int) async throws {
        guard let id = principals[number]?.tokenID else { return }
        principals[number] = nil
        try await folder.tokens.revoke(id, by: .commandLine, now: clock.now)
        fingerprint.add("leave \(number)")
    }

    private func token(
        _ subject: String,
        _ roles: Set<Role>,
        _ attributes: [String: AttributeValue] = [:],
        declaration: TokenDeclaration = .none
    ) async throws -> Principal {
        // The text of a token is a secret, also of one that nobody keeps: it must not follow from the seed.
        var generator = SystemRandomNumberGenerator()
        return try await folder.tokens.create(
            subject: subject,
            roles: roles,
            attributes: attributes,
            declaration: declaration,
            by: .commandLine,
            now: clock.now,
            using: &generator
        ).token.principal
    }

    /// Publishes a changed script, or imports an article.
    func publish(_ planned: PlannedRelease) async throws {
        let release = planned.release
        let job: Person.Job = release.script == nil ? .keeper : .operations
        let person = plan.roster.people.firstIndex { $0.job == job }
        guard let caller = person.flatMap({ principals[$0] }) else {
            throw HistoryError("the story has nobody who publishes “\(release.note)”")
        }
        if let script = release.script {
            let source = try changed(rule("scripts/\(script).yaml"), release, script)
            let done = try await must(ScriptPublish.self, .init(source: source, note: release.note), as: caller)
            fingerprint.add("\(done.scriptId) \(done.version)")
        } else if let article = release.article {
            let done = try await must(KnowledgeImport.self, .init(xml: article), as: caller)
            if let failure = done.failures.first {
                throw HistoryError("the article of “\(release.note)” cannot be imported: \(failure.error)")
            }
            try await calls.catchUp()
            fingerprint.add("article \(done.created)")
        }
    }

    /// The text of a script with the edits of a release, each of which has to fit.
    private func changed(_ source: String, _ release: Story.Release, _ script: String) throws -> String {
        try (release.replace ?? []).reduce(source) { source, edit in
            guard source.contains(edit.from) else {
                throw HistoryError("the script “\(script)” does not contain “\(edit.from)”, which the story changes")
            }
            return source.replacing(edit.from, with: edit.to, maxReplacements: 1)
        }
    }
}
