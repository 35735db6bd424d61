import Access
import AuditTrail
import BusinessCalendar
import Foundation
import Policies
import Storage
import TestStores
import Versioning
import Vocabulary
import WorkItems

/// A desk of work with a store of its own, and the domain events that its transactions return.
final class WorkWorld {
    /// Two teams with office hours in one place, everybody else around the clock.
    struct Directory: WorkDirectory {
        let hours: BusinessCalendar

        func isTeam(_ team: String) async throws -> Bool { ["service", "billing", "delivery"].contains(team) }

        func person(_ subject: String) async throws -> Principal? { WorkWorld.people.first { $0.subject == subject } }

        func calendar() async throws -> BusinessCalendar { hours }
    }

    static let anna = agent("anna", "service")
    static let ben = agent("ben", "service")
    static let carl = agent("carl", "billing")
    static let lena = Principal(subject: "lena", roles: [.supervisor], attributes: ["team": .one("service")])
    static let olga = Principal(subject: "olga", roles: [.operations])
    static let rita = Principal(subject: "rita", roles: [.auditor])
    static let people = [anna, ben, carl, lena, olga, rita]

    static func agent(_ subject: String, _ team: String) -> Principal {
        Principal(subject: subject, roles: [.agent], attributes: ["team": .one(team)])
    }

    /// A kind of each sort: with both clocks and a ladder, with clocks that pause, and without clocks.
    static let kinds = """
        ladders:
          promise: {every: 1h, steps: [owner, {to: lead, severity: critical}], then: takeover}
          takeover: {steps: [{to: team, team: billing, severity: critical}]}
        kinds:
          callback:
            title: {en: Call back, de: Zurückrufen}
            team: service
            priority: high
            clocks: {response: {within: 1h, remind: [30m]}, done: {within: 4h, remind: [1h]}}
            ladder: promise
            outcome: {result: {required: true, choices: [reached, missed]}, words: {}}
          complaint:
            title: Follow up
            team: service
            clocks: {done: 8h}
            pause_while_waiting: true
          note: {title: Note, team: billing, clocks: none}
        """

    let store: Store
    let policies: PolicyStore
    let desk: WorkDesk
    /// A Monday at 09:00 in UTC.
    var now = Timestamp("2026-11-23T09:00:00Z")?.microseconds ?? 0

    init(
        hours: BusinessCalendar = .alwaysOpen,
        observer: (@Sendable (String) -> Void)? = nil
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("work-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + WorkDesk.migrations,
            observer: observer
        )
        policies = PolicyStore(store: store)
        desk = WorkDesk(
            store: store,
            kinds: WorkKindStore(store: store),
            policies: policies,
            directory: Directory(hours: hours)
        )
        _ = try await desk.kinds.publish(Self.kinds, note: nil, by: "olga", now: now)
    }

    func advance(hours: Double) { now += Int64(hours * 3_600_000_000) }

    @discardableResult
    func create(
        _ kind: String = "callback",
        by principal: Principal = anna,
        key: String? = nil,
        _ change: (inout WorkRequest) -> Void = { _ in }
    ) async throws -> WorkItem {
        var request = WorkRequest(kind: kind, key: key)
        change(&request)
        return try await desk.create(request, by: principal, now: now)
    }

    /// Applies a command to one item.
    @discardableResult
    func apply(_ command: WorkCommand, to id: String, by principal: Principal = anna) async throws -> WorkItem {
        let answers = try await desk.change([id], command, by: principal, now: now)
        guard let answer = answers.first else { throw WorkError(.notFound, "no answer") }
        return try answer.result.get()
    }

    func item(_ id: String) async throws -> WorkItem { try await desk.file(id, for: Self.olga).item }

    func history(_ id: String) async throws -> [WorkEventKind] {
        try await desk.file(id, for: Self.olga).history.map(\.event)
    }
}
