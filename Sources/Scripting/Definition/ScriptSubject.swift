package import JSONRPC

/// Whom and what a session is about: what texts and expressions call `customer`, `agent`, `conversation` and `context`.
package struct ScriptSubject: Codable, Sendable, Hashable {
    /// The customer: at the top what a system says, under `stated` what an agent says.
    package var customer: JSON
    /// The agent with the attributes that rules read; never taken from the context.
    package var agent: JSON
    /// The conversation.
    package var conversation: JSON
    /// What the desktop passed.
    package var context: JSON

    /// Puts a subject together; what is absent is empty.
    package init(
        customer: JSONObject = [:],
        agent: JSONObject = [:],
        conversation: JSONObject = [:],
        context: JSONObject = [:]
    ) {
        self.customer = .object(customer)
        self.agent = .object(agent)
        self.conversation = .object(conversation)
        self.context = .object(context)
    }

    /// The value of a root name.
    package subscript(name: String) -> JSON? {
        switch name {
        case "customer": customer
        case "agent": agent
        case "conversation": conversation
        case "context": context
        default: nil
        }
    }

    /// Replaces one of the roots a caller may pass to a sub-script.
    mutating func set(_ name: String, _ value: JSON) {
        switch name {
        case "customer": customer = value
        case "conversation": conversation = value
        case "context": context = value
        default: break
        }
    }
}
