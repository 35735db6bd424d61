import Access
import AuditTrail
import Policies
import Scripting
import Storage
import Testing
import Versioning
import Vocabulary

@Suite struct VersionTests {
    private let second = BenchScript.simple.replacing("say: \"A\"", with: "say: \"A2\"")
    private let third = BenchScript.simple.replacing("say: \"A\"", with: "say: \"A3\"")

    private func fails(_ code: ScriptError.Code) -> (any Error) -> Bool { { ($0 as? ScriptError)?.code == code } }

    @Test func `publishing the same source again makes no new version`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple, BenchScript.simple])
        #expect(try await bench.catalog.publish(BenchScript.simple, by: "olga", now: 3).script.version == 1)
        #expect(try await bench.catalog.publish(second, by: "olga", now: 3).script.version == 2)
        #expect(try await bench.catalog.versions(of: "simple").versions.map(\.status) == [.live, .superseded])
    }

    @Test func `a script with errors or a failing case is refused with what is wrong`() async throws {
        let bench = try await SessionBench()
        for (change, word) in [("next: c}", "nowhere"), ("d: {end: fine}", "case")] {
            let source =
                word == "case"
                ? BenchScript.simple + "\ncases:\n  - {name: one, answers: [\"no\"], path: [a, b, c, d], outcome: fine}"
                : BenchScript.simple.replacing(change, with: "next: nowhere}")
            await #expect(
                performing: { try await bench.catalog.publish(source, by: "olga", now: 1) },
                throws: { error in
                    guard let error = error as? ScriptError else { return false }
                    return error.code == .invalid && error.argument == "source" && !error.details.isEmpty
                }
            )
        }
        #expect(try await bench.catalog.list(for: SessionBench.agent).isEmpty)
    }

    @Test func `sessions keep their version, and new sessions get the new one`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple", "old")
        try await bench.catalog.publish(second, by: "olga", now: 2)
        let new = try await bench.start("simple", "new")
        #expect(new.version == 2 && new.view.step?.text == "A2")
        try await bench.advance(1, nil, "old")
        let back = try await bench.advance(2, "no", "old")
        #expect(back.version == 1 && back.view.step?.text == "A")
    }

    @Test func `a rollout reaches its team and share, as starting a session shows`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.catalog.publish(second, to: Audience(teams: ["billing"]), by: "olga", now: 2)
        #expect(try await bench.start("simple", "one").version == 2)
        let outsider = Principal(subject: "rita", roles: [.agent], attributes: ["team": .one("returns")])
        #expect(try await bench.start("simple", "two", for: outsider).version == 1)
        #expect(try await bench.catalog.list(for: outsider).map(\.version) == [1])
        let versions = try await bench.catalog.versions(of: "simple")
        #expect(versions.live == 1 && versions.versions.map(\.status) == [.partial, .live])
        #expect(versions.versions.map(\.openSessions) == [1, 1])
    }

    @Test func `a first version rolled out to some is not available to others`() async throws {
        let bench = try await SessionBench()
        try await bench.catalog.publish(BenchScript.simple, to: Audience(teams: ["vip"]), by: "olga", now: 1)
        #expect(try await bench.catalog.list(for: SessionBench.agent).isEmpty)
        await #expect(
            performing: { try await bench.catalog.script("simple", for: SessionBench.agent) },
            throws: fails(.notFound)
        )
    }

    @Test func `a change that would leave callers without a version is refused`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        await #expect(
            performing: {
                try await bench.catalog.rollOut(
                    "simple",
                    version: 1,
                    to: Audience(percent: 10, teams: nil),
                    by: "olga",
                    now: 2
                )
            },
            throws: fails(.conflict)
        )
        #expect(try await bench.catalog.script("simple", for: SessionBench.agent).version == 1)
    }

    @Test(arguments: [false, true])
    func `a rollback lets open sessions finish or stops them with a reason`(stopping: Bool) async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple, second])
        try await bench.start("simple")
        let (rollback, stopped) = try await bench.desk.rollBack(
            "simple",
            to: 1,
            reason: "typing error",
            stopping: stopping,
            by: "olga",
            now: 20
        )
        #expect(rollback.withdrawn == [2] && stopped == (stopping ? 1 : 0))
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 30)
        if stopping {
            #expect(state.view.status == .stopped && state.view.outcome?.contains("typing error") == true)
            await #expect(performing: { try await bench.advance(1) }, throws: fails(.conflict))
        } else {
            #expect(try await bench.advance(1).version == 2)
        }
        #expect(try await bench.start("simple", "new").version == 1)
        await #expect(performing: { try await bench.start("simple", "x", version: 2) }, throws: fails(.conflict))
        let versions = try await bench.catalog.versions(of: "simple").versions
        #expect(versions.map(\.status) == [.withdrawn, .live] && versions[0].withdrawal?.by == "olga")
        await #expect(
            performing: {
                let desk = bench.desk
                _ = try await desk.rollBack("simple", to: 1, reason: "again", stopping: false, by: "olga", now: 40)
            },
            throws: fails(.conflict)
        )
    }

    @Test func `a script in force that cannot be read keeps no other from being published`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.store.write {
            _ = try $0.execute("UPDATE versions SET content = '- no script' WHERE id = 'simple'")
        }
        let catalog = ScriptCatalog(store: bench.store, policies: PolicyStore(store: bench.store))
        #expect(try await catalog.publish(BenchScript.other, by: "olga", now: 2).isNew)
    }

    @Test func `differences are described in words`() async throws {
        let changed =
            BenchScript.simple
            .replacing("title: Simple", with: "title: Simpler")
            .replacing("next: c}, {label", with: "next: e}, {label")
            .replacing("  c: {say: \"C\", next: d}\n", with: "  e: {say: \"E\", required: true, next: d}\n")
        let bench = try await SessionBench(scripts: [BenchScript.simple, changed])
        let changes = try await bench.catalog.compare("simple", from: 1, to: 2)
        #expect(changes.map(\.subject) == ["`title`", "step `b`", "step `e`", "step `c`"])
        #expect(changes.map(\.kind) == [.changed, .changed, .added, .removed])
        #expect(changes[1].text == "step `b`: the choice “yes”: `next` from “c” to “e”")
        #expect(VersionComparison.summary(changes) == "added: step `e`; removed: step `c`; changed: `title`, step `b`")
        #expect(try await bench.catalog.compare("simple", from: 1, to: 1).isEmpty)
    }

    @Test func `a start leaves what was published before, an author brings it back with a warning`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.catalog.publish(second, to: Audience(percent: 10, teams: nil), by: "olga", now: 2)
        let taken = { try await bench.catalog.publish($0, republication: .never, by: "local", now: 9) }
        for source in [second, BenchScript.simple] { #expect(try await !taken(source).isNew) }
        #expect(try await bench.catalog.versions(of: "simple").versions.map(\.status) == [.partial, .live])
        _ = try await bench.desk.rollBack("simple", to: 1, reason: "wrong", stopping: false, by: "olga", now: 3)
        #expect(try await !taken(second).isNew)
        #expect(try await bench.catalog.versions(of: "simple").versions.map(\.status) == [.withdrawn, .live])
        let back = try await bench.catalog.publish(second, by: "olga", now: 4)
        #expect(back.script.version == 3 && back.warnings.contains { $0.hasSuffix("(wrong)") })
        #expect(try await taken(third).isNew)
    }

    @Test func `an article that a step names is looked up`() async throws {
        let bench = try await SessionBench()
        let catalog = ScriptCatalog(store: bench.store, policies: PolicyStore(store: bench.store)) { id in
            ["good": .known, "old": .hidden("retired"), "gud": .unknown(nearest: "good")][id] ?? .unknown(nearest: nil)
        }
        let source = BenchScript.simple.replacing("say: \"A\"", with: "say: \"A\", knowledge: [good, old, gud, none]")
        let warnings = try await catalog.publish(source, by: "olga", now: 1).warnings.map {
            String($0.split(separator: "”: ")[1])
        }
        #expect(
            warnings == [
                "the article “old” is retired", "there is no article “gud”; did you mean “good”?",
                "there is no article “none”",
            ]
        )
    }
}
