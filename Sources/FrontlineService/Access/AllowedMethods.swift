package import Access
import FrontlineProtocol
import JSONRPC
package import Vocabulary

extension MethodAllowance {
    /// Reads the allowed methods of a token: names of methods, `NOUN.*` or `*`.
    ///
    /// - Parameters:
    ///   - entries: the entries.
    ///   - roles: the token's roles; entries that none of them may call are refused, because they would have no effect.
    /// - Throws: `AccessError` `invalid` for an entry that matches no method, and for methods that the roles may not
    ///   call.
    package init(declaring entries: [String], for roles: Set<Role>) throws(AccessError) {
        for entry in entries where entry != Self.everything {
            let meant = FrontlineMethods.all.filter { Self.entry(entry, covers: $0.name) }
            guard !meant.isEmpty else {
                throw AccessError(code: .invalid, message: "there is no method “\(entry)”; `rpc.discover` lists them")
            }
            guard meant.contains(where: { Self.mayCall($0, roles) }) else {
                throw AccessError(code: .invalid, message: "none of the token's roles may call “\(entry)”")
            }
        }
        self.init(entries)
    }

    private static func mayCall(_ method: any FrontlineMethod.Type, _ roles: Set<Role>) -> Bool {
        switch method.access {
        case .anyone: true
        case .roles(let wanted): roles.contains(.admin) || !roles.isDisjoint(with: wanted)
        }
    }
}

extension Services {
    /// Checks that a principal has one of a method's roles and that its token may call it, and counts the calls of integrations.
    ///
    /// - Throws: `forbidden` for a method that is not allowed.
    func admit(_ principal: Principal, to method: String, of roles: Set<Role>, now: Int64) throws(RPCError) {
        guard principal.holds(anyOf: roles) else {
            let wanted = roles.map(\.rawValue).sorted().joined(separator: ", ")
            throw RPCError(.forbidden, "\(method) needs one of the roles \(wanted)")
        }
        let isAllowed = principal.allowed?.includes(method) ?? true
        if let token = principal.tokenID, principal.roles.contains(.integration) {
            usage.note(token, method: method, isRefused: !isAllowed, now: now)
        }
        if let token = principal.tokenID { tokens.sessions.noteUse(of: token, now: now) }
        guard isAllowed else { throw RPCError(.forbidden, "the token does not allow \(method)") }
    }
}
