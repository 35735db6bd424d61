public import JSONRPC
public import Vocabulary

/// Who may call a method.
public enum MethodAccess: Sendable, Hashable {
    /// Everybody, also before `session.authenticate`.
    case anyone
    /// Whoever holds one of the roles; an admin always does.
    case roles(Set<Role>)

    /// Every role.
    public static let authenticated = MethodAccess.roles(Set(Role.allCases))
    /// Everybody who reads articles.
    public static let readers = authenticated
    /// Everybody who reads articles and may leave a trace; an auditor changes nothing.
    public static let readersWhoAct = MethodAccess.roles(Set(Role.allCases).subtracting([.auditor]))
    /// The keepers of articles.
    public static let knowledgeManagers = MethodAccess.roles([.knowledgeManager, .admin])
    /// Those who look after the content: its keepers and the auditors.
    public static let knowledgeReviewers = MethodAccess.roles([.knowledgeManager, .auditor, .admin])
    /// The keepers of scripts and policies.
    public static let operations = MethodAccess.roles([.operations, .admin])
    /// Those who keep the rules, and the auditors.
    public static let rulesKeepers = MethodAccess.roles([.operations, .auditor, .admin])
    /// Those who look after the rules: their keepers, supervisors and auditors.
    public static let rulesReviewers = MethodAccess.roles([.operations, .supervisor, .auditor, .admin])
    /// Those who talk with customers, and their supervisors.
    public static let agents = MethodAccess.roles([.agent, .supervisor, .admin])
    /// Those who talk with customers, their supervisors and the auditors.
    public static let sessionReaders = MethodAccess.roles([.agent, .supervisor, .auditor, .admin])
    /// Those who may see alerts: agents their own, supervisors their teams', auditors all.
    public static let alertReaders = MethodAccess.roles([.agent, .supervisor, .auditor, .admin])
    /// Those who lead agents.
    public static let supervisors = MethodAccess.roles([.supervisor, .admin])
    /// Those who grant things to customers.
    public static let granters = MethodAccess.roles([.agent, .supervisor, .admin])
    /// Those who agree to what others want to grant.
    public static let approvers = MethodAccess.roles([.supervisor, .admin])
    /// Those who grant, and the systems that pay.
    public static let settlers = MethodAccess.roles([.agent, .supervisor, .integration, .admin])
    /// Those who grant, and the auditors.
    public static let grantReaders = MethodAccess.roles([.agent, .supervisor, .auditor, .admin])
    /// Those who take part in conversations, and the programs that speak for them.
    public static let conversationActors = MethodAccess.roles([.agent, .supervisor, .integration, .admin])
    /// Those who read conversations, each as far as its role reaches.
    public static let conversationReaders = MethodAccess.roles([.agent, .supervisor, .integration, .auditor, .admin])
    /// Those who answer for the erasure of personal data.
    public static let dataProtection = MethodAccess.roles([.operations, .admin])
    /// Those who read figures: agents their own, supervisors their teams', auditors all.
    public static let figureReaders = MethodAccess.roles([.agent, .supervisor, .auditor, .admin])
    /// Those who read the figures of others.
    public static let reportReaders = MethodAccess.roles([.supervisor, .auditor, .admin])
    /// Those who look after the programs that speak for people, and the auditors.
    public static let integrationReviewers = MethodAccess.roles([.operations, .auditor, .admin])
    /// Those who may end what others have begun.
    public static let administrators = MethodAccess.roles([.admin])
    /// Those who see who is signed in.
    public static let sessionReviewers = MethodAccess.roles([.auditor, .admin])
    /// Those who do work.
    public static let workers = MethodAccess.roles([.agent, .supervisor, .operations, .admin])
    /// Those who do work, and the auditors.
    public static let workReaders = MethodAccess.roles([.agent, .supervisor, .operations, .auditor, .admin])
    /// Those who do work, and the systems that ask for some.
    public static let workCreators = MethodAccess.roles([.agent, .supervisor, .operations, .integration, .admin])
    /// The auditors.
    public static let auditors = MethodAccess.roles([.auditor, .admin])
}

/// A method of Frontline: what JSON-RPC needs to know of it, and who may call it.
public protocol FrontlineMethod: RPCMethod {
    /// Who may call it; the server checks this before it reads the parameters.
    static var access: MethodAccess { get }
    /// The members of its parameters that name a conversation or a script session which must exist.
    static var contacts: [ContactMember<Params>] { get }
    /// What its calls are ordered by; the contacts that they name unless declared otherwise.
    static var ordering: [OrderingKey<Params>] { get }
    /// Whether it is answered from memory and changes nothing, so that it goes on for a while when the store cannot be reached.
    static var isAnsweredFromMemory: Bool { get }
}

extension FrontlineMethod {
    /// It needs the store.
    public static var isAnsweredFromMemory: Bool { false }
    /// It names no contact.
    public static var contacts: [ContactMember<Params>] { [] }
    /// Its calls are ordered by the contacts that they name.
    public static var ordering: [OrderingKey<Params>] { contacts.map { OrderingKey($0) } }

    /// The roles as `x-roles`, sorted; `x-public` marks what needs no authentication.
    public static var extensions: [String: JSON] {
        switch access {
        case .anyone: ["x-roles": .array(names(of: Set(Role.allCases))), "x-public": true]
        case .roles(let roles): ["x-roles": .array(names(of: roles)), "x-public": false]
        }
    }

    private static func names(of roles: Set<Role>) -> [JSON] {
        roles.map(\.rawValue).sorted().map(JSON.string)
    }
}
