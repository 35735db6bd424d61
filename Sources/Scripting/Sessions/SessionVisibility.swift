import Access

/// Who may see and change which sessions: agents their own, supervisors those of their teams.
struct SessionVisibility: Sendable {
    private let principal: Principal

    init(of principal: Principal) { self.principal = principal }

    /// Whether the caller may know of the session.
    func includes(_ record: SessionRecord) -> Bool {
        if principal.holds(anyOf: [.auditor]) { return true }
        return mayChange(record)
    }

    /// Whether the caller may go on with the session; an auditor alone changes nothing.
    func mayChange(_ record: SessionRecord) -> Bool {
        if principal.leads(anyOf: record.teams) { return true }
        guard !principal.roles.isDisjoint(with: [.agent, .supervisor]) else { return false }
        return record.agent == principal.subject
            || (record.agent == nil && record.teams.contains(where: principal.teams.contains))
    }
}
