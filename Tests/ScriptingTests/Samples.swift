import Scripting
import Testing
import Vocabulary

/// Scripts and sessions for tests.
enum Samples {
    /// A script with every kind of step.
    static let lateDelivery = """
        script: late-delivery
        title: Late delivery
        locale: en
        tags: [delivery]
        examples: ["where is my parcel", "it should have come on monday"]
        variables:
          order_total: number
          postcode: {type: string, sensitive: true}
        start: greet
        steps:
          greet:    {say: "Hello {{customer.name}}, I am sorry your parcel is late.", next: reason}
          reason:
            ask: "Has the carrier given a new date?"
            choices:
              - {label: "Yes", value: "yes", next: wait}
              - {label: "No", value: "no", next: amount}
          amount:   {ask: "What did the order cost?", field: order_total, type: number, required: true, next: code}
          code:     {ask: "And your postcode?", field: postcode, type: string, next: settle}
          settle:
            resolve: {action: '"refund"', amount: order_total, currency: '"EUR"', reason: '"late"'}
            as: settlement
            approved: refund
            denied: explain
            rejected: explain
          refund:
            act: issue_refund
            with: {amount: order_total, postcode: postcode, id: settlement.resolution_id}
            as: receipt
            next: done
            failed: desk
          explain:  {say: "I can't refund this.", knowledge: [late-delivery-refund], next: done}
          desk:     {escalate: supervisor, say: "Let me get a colleague.", next: done}
          wait:     {run: promise-callback, with: {customer: customer}, as: promise, next: done}
          done:     {end: resolved}
        """

    /// The sub-script of the script above.
    static let callback = """
        script: promise-callback
        variables: {number: string, day: date}
        start: ask-number
        steps:
          ask-number: {ask: "Which number, {{customer.name}}?", field: number, type: string, next: ask-day}
          ask-day: {ask: "Which day?", field: day, type: date, next: kept}
          kept: {end: promised}
        """

    /// A script that must be valid.
    static func definition(_ source: String) throws -> ScriptDefinition {
        let reading = ScriptReader.read(source, file: "test.yaml")
        return try #require(reading.definition, "\(reading.diagnostics.map(\.description))")
    }

    /// A session of the first of these scripts, which may run the others.
    static func session(_ sources: String..., subject: ScriptSubject = ScriptSubject()) throws -> Session {
        let definitions = try sources.map(definition)
        return try Session(definitions, subject: subject)
    }

    /// The diagnostics of a script, errors first.
    static func diagnostics(_ source: String) -> [ScriptDiagnostic] {
        ScriptCheck.run(source, file: "test.yaml").diagnostics
    }
}

/// A session on the engine, as a host would store it.
struct Session {
    let engine: ScriptEngine
    var state: ScriptState
    var secrets = ScriptSecrets()
    var effects: [ScriptEffect] = []
    /// What the customer has said.
    var hearing: ScriptHearing

    init(
        _ definitions: [ScriptDefinition],
        subject: ScriptSubject = ScriptSubject(),
        hearing: ScriptHearing = .silent
    ) throws {
        engine = ScriptEngine(library: ScriptLibrary(definitions))
        self.hearing = hearing
        (state, effects) = try engine.start(
            definitions[0].id,
            version: 1,
            subject: subject,
            hearing: hearing,
            now: 0,
            secrets: &secrets
        )
    }

    var view: ScriptView { engine.view(state, secrets: secrets, hearing: hearing) }

    @discardableResult
    mutating func apply(_ event: ScriptEvent) throws -> ScriptView {
        effects = try engine.apply(event, to: &state, secrets: &secrets, hearing: hearing, now: 0)
        return view
    }

    @discardableResult
    mutating func advance(_ value: JSON? = nil) throws -> ScriptView { try apply(.advance(value)) }

    /// Answers the resolution that was just requested.
    @discardableResult
    mutating func resolve(_ status: ResolutionStatus) throws -> ScriptView {
        let request = try #require(resolution)
        let details: JSONObject = ["resolution_id": "r1", "status": .string(status.rawValue)]
        return try apply(.resolved(ticket: request.ticket, .init(id: "r1", status: status, details: details)))
    }

    var resolution: ScriptResolutionRequest? {
        for case .resolve(let request) in effects { return request }
        return nil
    }

    var decision: ScriptDecisionRequest? {
        for case .decide(let request) in effects { return request }
        return nil
    }

    /// The error of a refused event, which must not change anything.
    mutating func refusal(_ event: ScriptEvent) throws -> ScriptError {
        let before = state
        do {
            try apply(event)
        } catch let error as ScriptError {
            #expect(state == before)
            return error
        }
        throw Unexpected()
    }

    struct Unexpected: Error {}
}
