import Alerts
import BusinessCalendar
import DMN
import FrontlineProtocol
import Measures
import Policies
import Scripting
import SignIn
import Texts
import Versioning
import Webhooks
import WorkItems

/// Sources, versions and comparisons of what is published.
extension RuleShelf {
    /// The source of a version; nil for the version in force.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError`, `TextError` or `MeasureError` `notFound`.
    func source(of name: String, version: Int64?) async throws -> PolicySource {
        let (number, sha256, source, decisions): (Int64, String, String, [String])
        switch Self.kind(of: name) {
        case .model: return try await policies.source(of: name, version: version)
        case .signals:
            let (publication, text) = try await signals.source(version: version)
            (number, sha256, source, decisions) = (publication.version, publication.sha256, text, publication.kinds)
        case .extractors:
            let (publication, text) = try await extractors.source(version: version)
            (number, sha256, source, decisions) = (publication.version, publication.sha256, text, publication.names)
        case .calendar:
            (number, sha256, source) = try await calendar.source(version: version)
            decisions = []
        case .work:
            (number, sha256, source, decisions) = try await work.source(version: version)
        case .tools:
            (number, sha256, source, decisions) = try await tools.source(version: version)
        case .webhooks:
            (number, sha256, source, decisions) = try await webhooks.source(version: version)
        case .signIn:
            (number, sha256, source, decisions) = try await signIn.source(version: version)
        case .texts(let locale):
            (number, sha256, source) = try await texts.source(of: locale, version: version)
            decisions = []
        case .measure(let measure):
            (number, sha256, source) = try await measures.source(of: measure, version: version)
            decisions = []
        }
        let live = try await versions(of: name).first(where: \.isInForce)?.version.number
        return PolicySource(
            name: name,
            version: number,
            sha256: sha256,
            isInForce: live == number,
            source: source,
            decisions: decisions
        )
    }

    /// Describes the changes from one version to another.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError`, `TextError` or `MeasureError` `notFound`.
    func compare(_ name: String, from: Int64, to: Int64) async throws -> [String] {
        var sources: [String] = []
        for (argument, version) in [("from", from), ("to", to)] {
            do {
                sources.append(try await source(of: name, version: version).source)
            } catch let error as PolicyError where error.argument == "version" {
                throw PolicyError(error.code, error.message, argument: argument)
            } catch let error as AlertError where error.argument == "version" {
                throw AlertError(error.code, error.message, argument: argument)
            } catch let error as ScriptError where error.argument == "version" {
                throw ScriptError(error.code, error.message, argument: argument)
            } catch let error as TextError where error.argument == "version" {
                throw TextError(error.code, error.message, argument: argument)
            } catch let error as WorkError where error.argument == "version" {
                throw WorkError(error.code, error.message, argument: argument)
            } catch let error as ToolError where error.argument == "version" {
                throw ToolError(error.code, error.message, argument: argument)
            } catch let error as WebhookError where error.argument == "version" {
                throw WebhookError(error.code, error.message, argument: argument)
            } catch let error as SignInError where error.argument == "version" {
                throw SignInError(error.code, error.message, argument: argument)
            } catch let error as CalendarError where error.argument == "version" {
                throw CalendarError(error.code, error.message, argument: argument)
            } catch let error as MeasureError where error.argument == "version" {
                throw MeasureError(error.code, error.message, argument: argument)
            }
        }
        guard case .model = Self.kind(of: name) else {
            return YAMLComparison.changes(from: sources[0], to: sources[1])
        }
        let models = try sources.map { try DecisionModel.read(Array($0.utf8), file: name + ".dmn").model }
        return ModelComparison.changes(from: models[0], to: models[1])
    }

    /// All versions, newest first.
    ///
    /// - Throws: `PolicyError`, `AlertError`, `ScriptError`, `CalendarError`, `TextError` or `MeasureError` `notFound`.
    func versions(of name: String) async throws -> [VersionListing] {
        switch Self.kind(of: name) {
        case .model: try await policies.versions(of: name)
        case .signals: try await signals.versions()
        case .extractors: try await extractors.versions()
        case .calendar: try await calendar.versions()
        case .work: try await work.versions()
        case .tools: try await tools.versions()
        case .webhooks: try await webhooks.versions()
        case .signIn: try await signIn.versions()
        case .texts(let locale): try await texts.versions(of: locale)
        case .measure(let measure): try await measures.versions(of: measure)
        }
    }

    /// Everything in force, sorted by name; signals list the kinds that they detect, extractors, kinds of
    /// work, tools and webhooks their names, the rules of sign-in the roles that they give, the others nothing.
    func list() async throws -> [PolicyList.Policy] {
        var result = try await policies.list().map { policy in
            PolicyList.Policy(
                name: policy.name,
                version: Int(policy.version),
                sha256: policy.sha256,
                decisions: policy.decisions
            )
        }
        if let publication = try await signals.current() {
            result.append(
                PolicyList.Policy(
                    name: SignalStore.name,
                    version: Int(publication.version),
                    sha256: publication.sha256,
                    decisions: publication.kinds
                )
            )
        }
        if let publication = try await extractors.current() {
            result.append(
                PolicyList.Policy(
                    name: ExtractorStore.name,
                    version: Int(publication.version),
                    sha256: publication.sha256,
                    decisions: publication.names
                )
            )
        }
        if let (version, sha256) = try await calendar.current() {
            result.append(
                PolicyList.Policy(name: CalendarStore.name, version: Int(version), sha256: sha256, decisions: [])
            )
        }
        if let (version, sha256, names) = try await work.current() {
            result.append(
                PolicyList.Policy(
                    name: WorkKindStore.name,
                    version: Int(version),
                    sha256: sha256,
                    decisions: names
                )
            )
        }
        if let (version, sha256, names) = try await tools.current() {
            result.append(
                PolicyList.Policy(name: ToolBookStore.name, version: Int(version), sha256: sha256, decisions: names)
            )
        }
        if let (version, sha256, names) = try await webhooks.current() {
            result.append(
                PolicyList.Policy(name: WebhookStore.name, version: Int(version), sha256: sha256, decisions: names)
            )
        }
        if let (version, sha256, names) = try await signIn.current() {
            result.append(
                PolicyList.Policy(name: SignInStore.name, version: Int(version), sha256: sha256, decisions: names)
            )
        }
        result += try await texts.list().map { publication in
            PolicyList.Policy(
                name: TextCatalog.prefix + publication.locale,
                version: Int(publication.version),
                sha256: publication.sha256,
                decisions: []
            )
        }
        result += try await measures.book().entries.map { entry in
            PolicyList.Policy(
                name: MeasureStore.prefix + entry.definition.name,
                version: Int(entry.version),
                sha256: entry.sha256,
                decisions: []
            )
        }
        return result.sorted { $0.name < $1.name }
    }
}
