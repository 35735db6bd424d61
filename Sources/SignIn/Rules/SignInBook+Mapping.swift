package import Access
package import IdentityTokens
import Vocabulary

extension SignInBook {
    /// The longest value of an attribute, in characters, and how many one has.
    private static let (maximumText, maximumValues) = (200, 64)

    /// Who somebody is by the claims of a token that counts.
    ///
    /// - Parameter claims: what the token says.
    /// - Returns: the subject with its roles and attributes.
    /// - Throws: ``SignInError`` `refused` for claims that name no subject, or give it no role.
    package func principal(of claims: IdentityClaims) throws(SignInError) -> Principal {
        let subject = try name(of: claims)
        let held = Set(roles.filter { claims.values(at: $0.claim).contains($0.value) }.map(\.role))
        guard !held.isEmpty else {
            throw SignInError(
                .refused,
                "\(subject) is known to the issuer and holds no role here; the rules of sign-in say which groups do"
            )
        }
        var result: [String: AttributeValue] = [:]
        for rule in attributes {
            let values = rule.values(of: claims)
            if !values.isEmpty { result[rule.name] = values.count == 1 ? .one(values[0]) : .many(values) }
        }
        return Principal(subject: subject, roles: held, attributes: result)
    }

    private func name(of claims: IdentityClaims) throws(SignInError) -> String {
        let values = claims.values(at: subject.claim)
        guard values.count == 1, let value = values.first, !value.isEmpty else {
            throw SignInError(
                .refused,
                "the token has no claim “\(subject.claim.joined(separator: "."))” with one value"
            )
        }
        // An address that nobody has confirmed may be somebody else's.
        if subject.claim == ["email"], claims.values(at: ["email_verified"]) != ["true"] {
            throw SignInError(.refused, "the issuer has not verified the e-mail address that names the subject")
        }
        let name = subject.prefix + value
        guard name.count <= Self.maximumText, name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else {
            throw SignInError(
                .refused,
                "a subject has at most \(Self.maximumText) characters and no control characters"
            )
        }
        return name
    }

    /// Whether a value may be that of an attribute.
    static func isUsable(_ value: String) -> Bool {
        !value.isEmpty && value.count <= maximumText
            && value.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }

    static func limited(_ values: [String]) -> [String] { Array(values.prefix(maximumValues)) }
}

extension SignInBook.AttributeRule {
    /// The values of the attribute, each once, in the order of the claim.
    ///
    /// The team that stands for all teams is given by a rule alone, never by what a claim happens to say.
    fileprivate func values(of claims: IdentityClaims) -> [String] {
        var result: [String] = []
        for value in claims.values(at: claim) {
            var found = value
            if let beginning {
                guard value.hasPrefix(beginning) else { continue }
                found = String(value.dropFirst(beginning.count))
            }
            if let meanings {
                guard let meaning = meanings[found] else { continue }
                found = meaning
            } else if name == "team", found == Principal.everyTeam {
                continue
            }
            if SignInBook.isUsable(found), !result.contains(found) { result.append(found) }
        }
        if result.isEmpty, let otherwise { return [otherwise] }
        return SignInBook.limited(result)
    }
}
