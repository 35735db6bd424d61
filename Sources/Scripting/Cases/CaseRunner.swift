import IEEEDecimal
import Redaction
import Vocabulary

/// Runs the cases of a script on the engine, with the answers of the case and with defaults where it has none.
struct CaseRunner {
    /// The time in every case, fixed so that results do not depend on the day: 2026-01-15T12:00:00Z.
    private static let now: Int64 = 1_768_478_400_000_000
    private static let maximumEvents = 2_000

    private let definition: ScriptDefinition
    private let surroundings: ScriptSurroundings
    private let engine: ScriptEngine

    init(_ definition: ScriptDefinition, surroundings: ScriptSurroundings) {
        self.definition = definition
        self.surroundings = surroundings
        let scripts = surroundings.script
        engine = ScriptEngine(
            library: ScriptLibrary(
                current: { $0 == definition.id || scripts?($0) != nil ? 1 : nil },
                definition: { id, _ in id == definition.id ? definition : scripts?(id) }
            )
        )
    }

    /// The cases that fail, with one finding each.
    func failures() -> [ScriptDiagnostic] {
        definition.cases.compactMap { testCase in
            var run = CaseRun(testCase, engine, surroundings, locale: definition.locale, now: Self.now)
            guard let message = run.failure(of: definition.id, maximumEvents: Self.maximumEvents) else { return nil }
            return ScriptDiagnostic(
                severity: .error,
                code: .testCase,
                message: "case “\(testCase.name)”: \(message)",
                file: definition.file,
                place: testCase.place,
                step: nil
            )
        }
    }
}

/// The run of one case.
private struct CaseRun {
    private let testCase: ScriptCase
    private let engine: ScriptEngine
    private let surroundings: ScriptSurroundings
    private let now: Int64
    private let hearing: ScriptHearing
    private var secrets = ScriptSecrets()
    private var answered = 0
    private var answeredAt: [String: Int] = [:]
    private var resolvedAt: [String: Int] = [:]

    init(
        _ testCase: ScriptCase,
        _ engine: ScriptEngine,
        _ surroundings: ScriptSurroundings,
        locale: String?,
        now: Int64
    ) {
        let turns = testCase.said.enumerated().map { number, text in
            HeardTurn(number: Int64(number + 1), text: Redactor().redact(text).text, at: now, locale: nil)
        }
        hearing = ScriptHearing(turns, book: surroundings.extractors ?? .empty, locale: locale ?? "en")
        self.testCase = testCase
        self.engine = engine
        self.surroundings = surroundings
        self.now = now
    }

    /// Runs the case; returns why it fails, or nil if it passes.
    mutating func failure(of script: String, maximumEvents: Int) -> String? {
        do {
            var (state, effects) = try engine.start(
                script,
                version: 1,
                subject: testCase.subject,
                hearing: hearing,
                now: now,
                secrets: &secrets
            )
            for _ in 0..<maximumEvents {
                if let event = try event(for: effects) {
                    effects = try apply(event, to: &state)
                    continue
                }
                if state.status != .active || isWhereItEnds(state) { return mismatch(state) }
                let value = try answer(state)
                let event: ScriptEvent = value == Self.accepted ? .accept(turn: nil) : .advance(value)
                effects = try apply(event, to: &state)
            }
            return "it does not end within \(maximumEvents) events"
        } catch let error as ScriptError {
            return (error.argument.map { "\($0): " } ?? "") + error.message
        } catch let error as CaseError {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    /// The answer that takes what is proposed.
    private static let accepted: JSON = ["accept": true]

    private mutating func apply(_ event: ScriptEvent, to state: inout ScriptState) throws -> [ScriptEffect] {
        try engine.apply(event, to: &state, secrets: &secrets, hearing: hearing, now: now)
    }

    /// Whether a case that expects to stop at a step has reached it.
    private func isWhereItEnds(_ state: ScriptState) -> Bool {
        testCase.status == "active" && (testCase.path.map { $0 == state.path } ?? isOutOfAnswers(state))
    }

    private func isOutOfAnswers(_ state: ScriptState) -> Bool {
        guard case .inOrder(let answers) = testCase.answers else { return answers(at: state.path.last ?? "").isEmpty }
        return answered == answers.count && engine.view(state).step?.kind == "ask"
    }

    // MARK: What others do

    private mutating func event(for effects: [ScriptEffect]) throws -> ScriptEvent? {
        for effect in effects {
            switch effect {
            case .decide(let request): return .decided(ticket: request.ticket, decide(request))
            case .resolve(let request): return try resolve(request)
            default: break
            }
        }
        return nil
    }

    private func decide(_ request: ScriptDecisionRequest) -> ScriptAnswer {
        let name = "\(request.model).\(request.decision)"
        if let stub = testCase.decisions[request.step] ?? testCase.decisions[name] { return .value(stub) }
        guard let decide = surroundings.decide else { return .failure("the case has no answer for \(name)") }
        do {
            return .value(try decide(request.model, request.decision, request.inputs, testCase.subject))
        } catch {
            return .failure("\(error)")
        }
    }

    private mutating func resolve(_ request: ScriptResolutionRequest) throws -> ScriptEvent {
        let position = resolvedAt[request.step, default: 0]
        resolvedAt[request.step] = position + 1
        let statuses = testCase.resolutions[request.step] ?? ["approved"]
        let status = statuses[min(position, statuses.count - 1)]
        if status == ScriptRequest.Status.failed.rawValue {
            return .resolveFailed(ticket: request.ticket, "as specified by the case")
        }
        guard let standing = ResolutionStatus(rawValue: status) else {
            let known = ResolutionStatus.allCases.map(\.rawValue) + [ScriptRequest.Status.failed.rawValue]
            throw CaseError(
                "the resolution of “\(request.step)” is “\(status)”, expected \(known.joined(separator: ", "))"
            )
        }
        let outcome = standing == .pending ? "approval_required" : status
        return .resolved(
            ticket: request.ticket,
            ScriptResolution(
                id: "case-\(request.ticket)",
                status: standing,
                details: Self.details(of: request, status: status, outcome: outcome)
            )
        )
    }

    /// The details of a resolution that a script sees, as far as a case determines them.
    private static func details(
        of request: ScriptResolutionRequest,
        status: String,
        outcome: String
    ) -> JSONObject {
        var details: JSONObject = [
            "resolution_id": .string("case-\(request.ticket)"), "status": .string(status),
            "outcome": .string(outcome), "action": .string(request.action), "reason": .string(request.reason),
        ]
        if let amount = request.amount, let currency = request.currency {
            details["amount"] = ["amount": .string(amount), "currency": .string(currency)]
        }
        details["reference"] = request.reference.map(JSON.object)
        return details
    }

    // MARK: Answers

    private mutating func answer(_ state: ScriptState) throws -> JSON? {
        guard let step = engine.view(state, secrets: secrets).step else { return nil }
        switch step.kind {
        case "act": return testCase.acts[step.id] ?? ["ok": true]
        case "ask":
            guard let value = nextAnswer(at: step.id) else { throw CaseError("there is no answer for “\(step.id)”") }
            return value
        default: return nil
        }
    }

    private func answers(at step: String) -> ArraySlice<JSON> {
        guard case .byStep(let answers) = testCase.answers else { return [] }
        return (answers[step] ?? []).dropFirst(answeredAt[step, default: 0])
    }

    private mutating func nextAnswer(at step: String) -> JSON? {
        if case .inOrder(let answers) = testCase.answers {
            guard answered < answers.count else { return nil }
            answered += 1
            return answers[answered - 1]
        }
        let value = answers(at: step).first
        answeredAt[step, default: 0] += 1
        return value
    }

    // MARK: What is expected

    private func mismatch(_ state: ScriptState) -> String? {
        let hints = state.diagnostics.isEmpty ? "" : " (\(state.diagnostics.joined(separator: "; ")))"
        if state.status.rawValue != testCase.status {
            let place = state.path.last.map { " at “\($0)”" } ?? ""
            return "it is \(state.status.rawValue)\(place), expected \(testCase.status)" + hints
        }
        if let path = testCase.path, path != state.path {
            let common = zip(path, state.path).prefix { $0 == $1 }.count
            let found = common < state.path.count ? "“\(state.path[common])”" : "the end"
            let expected = common < path.count ? "“\(path[common])”" : "the end"
            return "step \(common + 1) of the path is \(found), expected \(expected)" + hints
        }
        if let outcome = testCase.outcome, outcome != state.outcome {
            return "the outcome is “\(state.outcome ?? "")”, expected “\(outcome)”" + hints
        }
        if case .inOrder(let answers) = testCase.answers, answered < answers.count {
            return "\(answers.count - answered) of \(answers.count) answers were not used"
        }
        let variables = engine.view(state).variables
        for (name, expected) in testCase.variables.sorted(by: { $0.key < $1.key }) {
            let found = variables[name] ?? .null
            guard !Self.isSame(found, expected) else { continue }
            return "“\(name)” is \(found), expected \(expected)"
        }
        return nil
    }

    /// Whether two values are the same; numbers are compared by value.
    private static func isSame(_ left: JSON, _ right: JSON) -> Bool {
        if left == right { return true }
        guard let left = Decimal128(left.string ?? left.description), left.isFinite,
            let right = Decimal128(right.string ?? right.description)
        else { return compareMembers(left, right) }
        return left == right
    }

    /// Whether an object has every member that the case names; it may have others.
    private static func compareMembers(_ found: JSON, _ expected: JSON) -> Bool {
        guard let found = found.object, let expected = expected.object else { return false }
        return expected.allSatisfy { member in found[member.key].map { isSame($0, member.value) } ?? false }
    }

    private struct CaseError: Error {
        let message: String

        init(_ message: String) { self.message = message }
    }
}
