import Access
import Customers
import Storage
import Vocabulary

/// Puts together what the policy sees of a request.
struct CaseMaker: Sendable {
    let request: GrantRequest
    let principal: Principal
    let hash: KeyedHash
    let customers: any CustomerOfConversation
    let names: ScopeNames

    /// A case before its windows are read.
    struct Draft: Sendable {
        var facts: CaseFacts
        var scopes: CaseScopes
        let customerID: String?
        let channel: String?
        let locale: String?
        let action: String
        let amount: Money?

        /// The reader of this case's windows.
        func reader(_ hash: KeyedHash, now: Int64, today: Int64) -> WindowReader {
            WindowReader(
                scopes: scopes,
                action: action,
                currency: amount?.currency.code ?? "",
                digits: amount?.currency.digits ?? 0,
                hash: hash,
                now: now,
                today: today
            )
        }
    }

    /// The case without its history.
    ///
    /// - Throws: ``ResolutionError`` `notFound` for a conversation that the principal may not see, `invalid` for another
    ///   customer than the conversation's.
    func draft(now: Int64, in transaction: some SQLReading) throws -> Draft {
        let known = try conversation(in: transaction)
        if let id = request.customerID, let other = known?.id, names.form(id) != names.form(other) {
            throw ResolutionError(.invalid, "the customer of the conversation, or none", argument: "customer_id")
        }
        let customer = customer(known?.facts ?? CustomerFacts())
        var context = request.context
        let facts = CaseFacts(
            request: requestObject,
            agent: principal.facts(),
            customer: Self.object(customer),
            history: [:],
            context: {
                context["customer"] = nil
                return context
            }(),
            now: now
        )
        return Draft(
            facts: facts,
            scopes: try scopes(customer.id, in: transaction),
            customerID: customer.id,
            channel: known?.channel,
            locale: known?.locale ?? Self.locale(of: customer),
            action: request.action,
            amount: request.amount
        )
    }

    private func conversation(in transaction: some SQLReading) throws -> ConversationCustomer? {
        guard let id = request.conversationID else { return nil }
        guard let known = try customers.customer(ofConversation: id, for: principal, in: transaction) else {
            throw ResolutionError(.notFound, "there is no conversation “\(id)”", argument: "conversation_id")
        }
        return known
    }

    private var requestObject: JSONObject {
        [
            "action": .string(request.action),
            "amount": request.amount.map { .number(JSONNumber($0)) } ?? .null,
            "currency": request.amount.map { .string($0.currency.code) } ?? .null,
            "reason": .string(request.reason),
            "reference": request.reference.map { ["type": .string($0.type), "id": .string($0.id)] } ?? .null,
        ]
    }

    /// What the conversation knows of the customer, completed by what the caller says, each by its source.
    private func customer(_ known: CustomerFacts) -> CustomerFacts {
        var given = request.context["customer"]?.object ?? [:]
        given["id"] = request.customerID.map(JSON.string)
        return known.completed(by: given, from: principal.factSource, comparedBy: names.form)
    }

    /// The language that somebody has noted of a customer.
    private static func locale(of customer: CustomerFacts) -> String? {
        (customer.known["locale"] ?? customer.stated["locale"])?.string.map { String($0.prefix(maximumLocale)) }
    }

    private static let maximumLocale = 35

    /// The customer as policies see it; of one who is not known the id is null.
    private static func object(_ customer: CustomerFacts) -> JSONObject {
        var object = customer.view
        if object["id"] == nil { object["id"] = .some(.null) }
        return object
    }

    private func scopes(_ customerID: String?, in transaction: some SQLReading) throws -> CaseScopes {
        var scopes = CaseScopes()
        scopes[.conversation] = request.conversationID.map { [hash.hash(["conversation", $0])] } ?? []
        scopes.setAgent(principal)
        try names.set(customer: customerID, reference: request.reference, of: &scopes, in: transaction)
        return scopes
    }
}

extension CaseScopes {
    /// Counts a case under an agent, the agent's teams and sites.
    mutating func setAgent(_ principal: Principal) {
        self[.agent] = [principal.subject]
        self[.team] = Array(Set(principal.teams)).sorted()
        self[.site] = Array(Set(principal.attributes["site"]?.strings ?? [])).sorted()
    }
}

extension Principal {
    /// The attribute that says who a subject is when one person has several.
    var person: String? { attributes["person"]?.strings.first }

    /// Whether somebody who is known by a subject and perhaps a person is this principal.
    ///
    /// Spelling a name in other letters makes nobody another person.
    func isSamePerson(asSubject subject: String, person other: String?) -> Bool {
        Self.folded(self.subject) == Self.folded(subject) || (person != nil && person == other)
    }

    private static func folded(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }
}
