package import AuditTrail
package import Vocabulary

/// Who is calling: a subject with its roles and attributes.
package struct Principal: Sendable, Hashable {
    /// The subject's name; recorded with everything it changes.
    package let subject: String
    /// The roles it holds.
    package let roles: Set<Role>
    /// What rules and restrictions read, such as `tier`, `team`, `site` and `locale`.
    package let attributes: [String: AttributeValue]
    /// The token that authenticated it; nil for callers without one.
    package let tokenID: String?
    /// The methods that the token is declared for; nil for all that the roles may call.
    package let allowed: MethodAllowance?

    package init(
        subject: String,
        roles: Set<Role>,
        attributes: [String: AttributeValue] = [:],
        tokenID: String? = nil,
        allowed: MethodAllowance? = nil
    ) {
        self.subject = subject
        self.roles = roles
        self.attributes = attributes
        self.tokenID = tokenID
        self.allowed = allowed
    }

    /// Who the audit log says it was.
    package var auditActor: AuditActor {
        AuditActor(subject, tokenID: tokenID, roles: tokenID == nil ? [] : roles.map(\.rawValue))
    }

    /// The caller of a server that was started without authentication.
    package static let local = Principal(subject: "local", roles: [.admin])

    /// The value of the attribute `team` with which a supervisor leads every team.
    package static let everyTeam = "*"

    /// The teams it belongs to, in the order of the attribute `team`; ``everyTeam`` is the name of none.
    package var teams: [String] { Self.teams(in: attributes) }

    /// The teams that attributes name, in their order.
    package static func teams(in attributes: [String: AttributeValue]) -> [String] {
        (attributes["team"]?.strings ?? []).filter { $0 != everyTeam }
    }

    /// The attributes as rules see them: ``everyTeam`` says what is seen, and is no team that a rule could name.
    package var ruleAttributes: [String: AttributeValue] {
        guard has("team", Self.everyTeam) else { return attributes }
        var result = attributes
        result["team"] = teams.isEmpty ? nil : teams.count == 1 ? .one(teams[0]) : .many(teams)
        return result
    }

    /// Whether the subject leads every team: as an admin, or as a supervisor whose attribute `team` says so.
    package var leadsEveryTeam: Bool {
        if roles.contains(.admin) { return true }
        return roles.contains(.supervisor) && has("team", Self.everyTeam)
    }

    /// Whether the subject leads somebody of these teams: as an admin, or as a supervisor of one or of all of them.
    ///
    /// A supervisor without a team leads nobody.
    package func leads(anyOf others: [String]) -> Bool {
        if leadsEveryTeam { return true }
        return roles.contains(.supervisor) && others.contains(where: teams.contains)
    }

    /// Whether the subject has an attribute with this value.
    package func has(_ attribute: String, _ value: String) -> Bool {
        attributes[attribute]?.strings.contains(value) ?? false
    }

    /// Whether the subject holds at least one of the roles; an admin holds every role.
    package func holds(anyOf wanted: Set<Role>) -> Bool {
        roles.contains(.admin) || !roles.isDisjoint(with: wanted)
    }
}
