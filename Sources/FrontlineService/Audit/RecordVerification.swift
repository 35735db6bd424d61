import Access
import AuditTrail
import BusinessCalendar
package import FrontlineProtocol
import Knowledge
import Measures
import Resolution
import SignIn
package import Storage
import Texts
import Versioning
import Webhooks
import WorkItems

/// Verifies the audit log itself, and compares it with the stored articles, versions, policies in force, requests,
/// tokens and sessions.
package enum RecordVerification {
    /// Reads the whole log, and every version, once.
    ///
    /// - Parameters:
    ///   - notedHead: a head recorded earlier, in lower or upper case.
    ///   - transaction: the transaction in which to read.
    /// - Returns: the result.
    /// - Throws: the store's error.
    package static func run(
        notedHead: String?,
        in transaction: some SQLReading
    ) throws -> AuditVerify.Result {
        let chain = try AuditLog.verify(notedHead: notedHead?.lowercased(), in: transaction)
        let checks = [
            try KnowledgeBase.verifyRows(in: transaction), try versions(in: transaction), try policies(in: transaction),
            try AuthorityLedger.verifyRows(in: transaction), try TokenRegistry.verifyRows(in: transaction),
            try TokenRegistry.verifySessions(in: transaction),
        ]
        return AuditVerify.Result(
            ok: chain.ok && checks.allSatisfy { $0.faultCount == 0 },
            entries: Int(chain.entries),
            head: chain.head,
            firstBad: chain.firstBad.map(Int.init),
            headAt: chain.notedHeadAt.map(Int.init),
            rows: Dictionary(uniqueKeysWithValues: checks.map { ($0.kind, $0.checked) }),
            changed: checks.flatMap(\.faults).map { .init(kind: $0.kind, id: $0.id, problem: $0.problem) }
        )
    }

    /// Checks that every version has the content with which it was written.
    private static func versions(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "version")
        try VersionChain.forEach(in: transaction) { kind, id, number, sha256, content in
            let problem: String? =
                if ContentHash.sha256(content) != sha256 {
                    "its content is not what its hash says"
                } else if try !AuditLog.vouches(for: sha256, of: target(kind, id), in: transaction) {
                    "the log has no entry for it"
                } else {
                    nil
                }
            check.note("\(kind) \(id) \(number)", problem)
        }
        return check
    }

    /// The name in the log of a thing of a kind.
    private static func target(_ kind: String, _ id: String) -> String { (prefixes[kind] ?? "") + id }

    /// What the names of policies begin with, by the kind of chain, where a chain has several of them.
    private static let prefixes = ["texts": TextCatalog.prefix, "measures": MeasureStore.prefix]

    /// Checks that the version in force of every policy is the one that was last put into force.
    private static func policies(in transaction: some SQLReading) throws -> AuditRowCheck {
        var check = AuditRowCheck(kind: "policy")
        var hashes: [String: String] = [:]
        try AuditLog.forEachLatest(ofModule: "policy", in: transaction) { hashes[$0.event.target] = $0.event.after }
        let lists = [
            "policy", "signals", "extractors", CalendarStore.name, WorkKindStore.name, ToolBookStore.name,
            WebhookStore.name, SignInStore.name,
        ]
        for chain in (lists + prefixes.keys.sorted()).map({ VersionChain(kind: $0) }) {
            for (id, version) in try chain.liveVersions(in: transaction) {
                let live = try chain.content(of: id, version: version, in: transaction)?.sha256
                let target = target(chain.kind, id)
                let known = hashes.removeValue(forKey: target)
                check.note(target, live == known ? nil : "the version in force is not the last one in the log")
            }
        }
        for id in hashes.keys.sorted() { check.note(id, "it is missing") }
        return check
    }
}
