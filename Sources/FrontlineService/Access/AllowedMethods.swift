package import Access
import FrontlineProtocol
import JSONRPC

extension MethodAllowance {
    /// Reads what is declared for a token: names of methods, `NOUN.*` or `*`.
    ///
    /// - Parameters:
    ///   - entries: what is declared.
    ///   - roles: the token's roles; what none of them may call is refused, for it would promise too much.
    /// - Throws: `AccessError` `invalid` for what no method is called, and for what the roles may not call.
    package init(declaring entries: [String], for roles: Set<Access.Role>) throws(AccessError) {
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

    private static func mayCall(_ method: any FrontlineMethod.Type, _ roles: Set<Access.Role>) -> Bool {
        switch method.access {
        case .anyone: true
        case .roles(let wanted): roles.contains(.admin) || !roles.isDisjoint(with: wanted.map { Access.Role($0) })
        }
    }
}

extension Services {
    /// Lets a token through to the methods that it is declared for, and counts what integrations call.
    ///
    /// - Throws: `forbidden` for another method.
    func admit(_ principal: Principal, to method: String, now: Int64) throws(RPCError) {
        let isAllowed = principal.allowed?.includes(method) ?? true
        if let token = principal.tokenID, principal.roles.contains(.integration) {
            usage.note(token, method: method, isRefused: !isAllowed, now: now)
        }
        guard isAllowed else { throw RPCError(.forbidden, "the token is not declared for \(method)") }
    }
}
