/// Reads the groups of steps that are asked in any order.
///
/// The groups are known before the steps are read, because a step of a group has no exit of its own: it leads to its group.
struct GroupReader {
    /// A group, as its members see it.
    struct Group {
        let id: String
        /// The way back to the group.
        let next: ScriptNext
    }

    private let findings: ScriptFindings
    private var groups: [String: Group] = [:]

    /// Glances at the groups among the steps; mistakes are reported when they are read.
    init(_ findings: ScriptFindings, steps: [(id: String, node: ScriptNode)]) {
        self.findings = findings
        for (id, node) in steps {
            let list = node.glance(at: ["any_order"])["any_order"]?.list ?? []
            for element in list.prefix(ScriptLimits.groupMembers) {
                guard let member = element.scalar, groups[member] == nil else { continue }
                let target = ScriptTarget(step: id, place: element.place)
                groups[member] = Group(id: id, next: ScriptNext(branches: [], fallback: target, place: element.place))
            }
        }
    }

    /// The group of a step; nil if it is in none.
    func group(of step: String) -> Group? { groups[step] }

    /// Reads the members of a group; each belongs to one group, once.
    func members(_ node: ScriptNode) -> [ScriptTarget] {
        let placed = node.elements("a list of steps")?.compactMap { element in
            element.text("the id of a step").map { (text: $0, place: element.place) }
        }
        guard let placed else { return [] }
        guard !placed.isEmpty, placed.count <= ScriptLimits.groupMembers else {
            node.error(.form, "“any_order” has \(placed.count) steps, expected 1 to \(ScriptLimits.groupMembers)")
            return []
        }
        var seen: Set<String> = []
        return placed.compactMap { member, place in
            guard seen.insert(member).inserted else {
                findings.error(.duplicate, "“\(ScriptNode.short(member))” occurs twice in the group", at: place)
                return nil
            }
            if let other = groups[member]?.id, other != findings.step {
                let message = "“\(ScriptNode.short(member))” is also in the group “\(other)”, expected one group"
                findings.error(.duplicate, message, at: place)
                return nil
            }
            return ScriptTarget(step: member, place: place)
        }
    }

    /// Checks that the members of all groups are questions whose answers are kept.
    func check(_ steps: [ScriptStep]) {
        guard !groups.isEmpty else { return }
        let known = Dictionary(steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for step in steps {
            guard case .anyOrder(let members) = step.kind else { continue }
            findings.step = step.id
            for member in members {
                guard let other = known[member.step] else { continue }
                let name = "“\(ScriptNode.short(member.step))”"
                guard case .ask(let ask) = other.kind else {
                    let message = "\(name) is \(other.kind.name), expected an ask step"
                    findings.error(.form, message, at: member.place)
                    continue
                }
                guard ask.field == nil else { continue }
                let message = "“field” is missing in \(name), which says whether it is answered"
                findings.error(.missing, message, at: member.place)
            }
        }
        findings.step = nil
    }
}
