package import Access
package import FrontlineProtocol

extension Access.Role {
    /// Creates the role from its wire form.
    package init(_ role: FrontlineProtocol.Role) {
        switch role {
        case .agent: self = .agent
        case .supervisor: self = .supervisor
        case .knowledgeManager: self = .knowledgeManager
        case .operations: self = .operations
        case .auditor: self = .auditor
        case .integration: self = .integration
        case .admin: self = .admin
        }
    }
}

extension FrontlineProtocol.Role {
    /// Creates the wire form of a role.
    package init(_ role: Access.Role) {
        switch role {
        case .agent: self = .agent
        case .supervisor: self = .supervisor
        case .knowledgeManager: self = .knowledgeManager
        case .operations: self = .operations
        case .auditor: self = .auditor
        case .integration: self = .integration
        case .admin: self = .admin
        }
    }
}
