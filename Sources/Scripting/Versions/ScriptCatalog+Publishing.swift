package import AuditTrail
import Policies
import Storage
package import Versioning
import Vocabulary

extension ScriptCatalog {
    /// The longest note, in bytes.
    private static let maximumNote = 4_000

    /// Checks a script, runs its cases, and puts it in force.
    ///
    /// A source that is already in force makes no new version, but is rolled out to the given audience.
    ///
    /// - Parameters:
    ///   - source: the script in YAML.
    ///   - note: the reason, which is recorded.
    ///   - audience: who gets the version.
    ///   - file: the source's name in diagnostics.
    ///   - republication: how to treat a source that was published before and that not everybody gets.
    ///   - actor: who publishes it.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the version, and warnings for the author.
    /// - Throws: ``ScriptError`` `invalid`, with all findings.
    @discardableResult
    package func publish(
        _ source: String,
        note: String? = nil,
        to audience: Audience = .everybody,
        file: String = "source",
        republication: Republication = .allowed,
        by actor: AuditActor,
        now: Int64
    ) async throws -> ScriptPublication {
        if let note, note.utf8.count > Self.maximumNote {
            throw ScriptError(.invalid, "a note has at most \(Self.maximumNote) bytes", argument: "note")
        }
        let read = ScriptReader.read(source, file: file)
        let reading = ScriptCheck.complete(read, surroundings: try await surroundings(of: read.draft, now: now))
        let errors = reading.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty, let definition = reading.definition else {
            throw ScriptError(
                .invalid,
                "the script has \(errors.count == 1 ? "an error" : "\(errors.count) errors")",
                argument: "source",
                details: errors.map(\.description)
            )
        }
        let sha256 = ContentHash.sha256(source)
        let (number, standing, isNew) = try await store.write { transaction in
            let standing = try Self.standing(of: definition.id, sha256: sha256, in: transaction)
            if case .earlier(let earlier, _) = standing, republication == .never {
                return (earlier.version, standing, false)
            }
            let (number, isNew) = try Self.put(
                source,
                of: definition.id,
                note: note,
                to: audience,
                by: actor,
                now: now,
                in: transaction
            )
            return (number, standing, isNew)
        }
        let script = PublishedScript(version: number, sha256: sha256, source: source, definition: definition)
        keep(script)
        var warnings = reading.diagnostics.filter { $0.severity == .warning }.map(\.description)
        if isNew, case .earlier(let earlier, _) = standing, earlier.isWithdrawn {
            warnings.append("this brings back \(earlier.text)")
        }
        return ScriptPublication(script: script, standing: standing, isNew: isNew, warnings: warnings)
    }

    /// The name of the script that a source describes; nil if it is not a script.
    package func name(of source: String) -> String? { ScriptReader.read(source, file: "source").draft?.id }

    /// The standing of a source to be published; unknown if it is not a script.
    package func standing(of source: String) async throws -> Standing {
        guard let draft = ScriptReader.read(source, file: "source").draft else { return .unknown }
        let sha256 = ContentHash.sha256(source)
        return try await store.read { try Self.standing(of: draft.id, sha256: sha256, in: $0) }
    }

    private static func standing(
        of id: String,
        sha256: String,
        in transaction: some SQLReading
    ) throws -> Standing {
        let entries = try rollout.entries(of: id, in: transaction)
        let live = entries.first(where: \.audience.isEverybody)?.version
        if let live, live == entries.first?.version,
            try chain.content(of: id, version: live, in: transaction)?.sha256 == sha256
        {
            return .inForce(live)
        }
        guard let known = try chain.version(of: id, sha256: sha256, in: transaction) else { return .unknown }
        let withdrawal = try rollout.withdrawals(of: id, in: transaction)[known]
        let earlier = EarlierVersion(version: known, isWithdrawn: withdrawal != nil, withdrawal: withdrawal)
        return .earlier(earlier, live: live)
    }

    private static func put(
        _ source: String,
        of id: String,
        note: String?,
        to audience: Audience,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (number: Int64, isNew: Bool) {
        let entries = try rollout.entries(of: id, in: transaction)
        let top = entries.first
        let current = try top.flatMap { try chain.content(of: id, version: $0.version, in: transaction) }
        if let top, let current, current.content == source {
            if top.audience != audience {
                try rollout.give(top.version, of: id, to: audience, in: transaction)
            }
            return (top.version, false)
        }
        let written = try chain.append(
            source,
            to: id,
            by: actor.name,
            at: now,
            note: note,
            isLive: false,
            in: transaction
        )
        try rollout.give(written.number, of: id, to: audience, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: "script.publish",
            target: id,
            before: current?.sha256,
            after: written.sha256,
            details: audience.text,
            text: note
        )
        try AuditLog.append([event], at: now, in: transaction)
        return (written.number, true)
    }

    /// Look-ups for references: the scripts, policies and articles in force.
    ///
    /// What cannot be read counts as absent, so that a publication that refers to it is refused.
    private func surroundings(of script: ScriptDefinition?, now: Int64) async throws -> ScriptSurroundings {
        var scripts: [String: ScriptDefinition] = [:]
        for (id, entries) in try await entries() {
            guard let top = entries.first else { continue }
            do { scripts[id] = try await version(top.version, of: id).definition } catch is ScriptError { continue }
        }
        let policies = try await policies.compiled()
        var article: ScriptSurroundings.Articles?
        if let articles {
            var standings: [String: ScriptArticleStanding] = [:]
            for id in Set(script?.steps.flatMap(\.knowledge) ?? []) { standings[id] = await articles(id) }
            article = { [standings] in standings[$0] ?? .known }
        }
        let moment = PolicyClock.moment(now)
        let decide: ScriptSurroundings.Decide = { model, decision, inputs, subject in
            guard let policy = policies[model] else {
                throw PolicyStore.unknown(model, among: policies.keys.sorted())
            }
            var offer: JSONObject = ["agent": subject.agent, "customer": subject.customer, "history": [:]]
            for input in inputs { offer[input.key] = input.value }
            return try policy.evaluate(decision, offering: offer, now: { moment }).result
        }
        return ScriptSurroundings(
            script: { [scripts] in scripts[$0] },
            decisions: { policies[$0].map { Set($0.decisionNames) } },
            decide: decide,
            article: article,
            extractors: try await extractors.book()
        )
    }
}

extension Audience {
    /// A description for the audit log.
    var text: String {
        let share = share == Self.whole ? "all" : "\(percent) %"
        return "to " + share + (teams.map { " of the teams " + $0.sorted().joined(separator: ", ") } ?? "")
    }
}
