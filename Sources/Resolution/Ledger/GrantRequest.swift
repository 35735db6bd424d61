import Customers
import Redaction
package import Vocabulary

/// What a grant is about: an order, an invoice.
package struct GrantReference: Sendable, Hashable {
    /// The kind of thing, such as `order`.
    package let type: String
    /// Its number.
    package let id: String

    package init(type: String, id: String) { (self.type, self.id) = (type, id) }
}

/// Something that an agent wants to grant.
package struct GrantRequest: Sendable, Hashable {
    /// What, such as `refund`.
    package var action: String
    /// How much; nil for an exception without money.
    package var amount: Money?
    /// Why, as a code of the policy.
    package var reason: String
    /// For whom; nil when the conversation says so.
    package var customerID: String?
    /// In which conversation.
    package var conversationID: String?
    /// About which order or invoice.
    package var reference: GrantReference?
    /// Further facts for the policy; its member `customer` completes what is known of the customer.
    package var context: JSONObject

    package init(
        action: String,
        amount: Money? = nil,
        reason: String,
        customerID: String? = nil,
        conversationID: String? = nil,
        reference: GrantReference? = nil,
        context: JSONObject = [:]
    ) {
        (self.action, self.amount, self.reason) = (action, amount, reason)
        (self.customerID, self.conversationID) = (customerID, conversationID)
        (self.reference, self.context) = (reference, context)
    }

    /// The longest action, reason or id, in bytes.
    private static let maximumText = 200
    private static let maximumContext = 16 << 10
    private static let redactor = Redactor()
    /// What the server alone says; a context cannot.
    private static let reserved = ["request", "agent", "history", "now"]

    /// The request as it is decided and kept: without sensitive values in its texts.
    ///
    /// - Throws: ``ResolutionError`` `invalid`, naming the argument.
    func prepared(comparedBy form: CanonicalForm) throws -> GrantRequest {
        var result = self
        result.action = try Self.checked(action, "action")
        do {
            try amount?.checkAboveZero()
        } catch {
            throw ResolutionError(.invalid, error.expected, argument: "amount.\(error.member)")
        }
        result.reason = Self.redactor.redact(try Self.checked(reason, "reason")).text
        result.customerID = try customerID.map { try Self.checked($0, "customer_id", comparedBy: form) }
        result.conversationID = try conversationID.map { try Self.checked($0, "conversation_id") }
        result.reference = try reference.map {
            GrantReference(
                type: try Self.checked($0.type, "reference.type", comparedBy: form),
                id: try Self.checked($0.id, "reference.id", comparedBy: form)
            )
        }
        guard !context.isEmpty else { return result }
        for name in Self.reserved where context[name] != nil {
            throw ResolutionError(.invalid, "facts that the server does not know better", argument: "context.\(name)")
        }
        guard JSON.object(context).serialized().count <= Self.maximumContext else {
            throw ResolutionError(.invalid, "at most \(Self.maximumContext) bytes", argument: "context")
        }
        if let customer = context["customer"] {
            guard let customer = customer.object else {
                throw ResolutionError(.invalid, "an object", argument: "context.customer")
            }
            let name = CustomerFacts.statedName
            guard customer[name].map({ $0.object != nil }) ?? true else {
                throw ResolutionError(.invalid, "an object", argument: "context.customer.\(name)")
            }
        }
        // The customer's id tells whose limits count.
        result.context = Self.redactor.redact(context, keeping: ["customer.id"])
        return result
    }

    /// A name by which something is counted; one of which nothing can be seen is none.
    private static func checked(
        _ name: String,
        _ argument: String,
        comparedBy form: CanonicalForm
    ) throws -> String {
        guard !form(name).isEmpty else {
            throw ResolutionError(.invalid, "a text of which something can be seen", argument: argument)
        }
        return try checked(name, argument)
    }

    private static func checked(_ text: String, _ argument: String) throws -> String {
        let isPrintable = !text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
        guard !text.isEmpty, text.utf8.count <= maximumText, isPrintable else {
            throw ResolutionError(
                .invalid,
                "a text of 1 to \(maximumText) bytes without control characters",
                argument: argument
            )
        }
        return text
    }

    /// The same request always gives the same text, in whatever order its members were written.
    var canonical: JSON {
        var object = JSONObject()
        object["action"] = .string(action)
        object["amount"] = amount.map { ["amount": .string($0.text), "currency": .string($0.currency.code)] }
        object["reason"] = .string(reason)
        object["customer_id"] = customerID.map(JSON.string)
        object["conversation_id"] = conversationID.map(JSON.string)
        object["reference"] = reference.map { ["type": .string($0.type), "id": .string($0.id)] }
        object["context"] = JSON.object(context).sorted()
        return .object(object)
    }
}

extension JSON {
    /// The same value with the members of objects in the order of their keys.
    func sorted() -> JSON {
        switch self {
        case .array(let elements): .array(elements.map { $0.sorted() })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value.sorted()) }
                )
            )
        default: self
        }
    }

    /// The value as text.
    var text: String { String(decoding: serialized(), as: UTF8.self) }
}
