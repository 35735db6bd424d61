package import Vocabulary

/// The subject of a session, which texts and expressions see as `customer`, `agent`, `conversation` and `context`.
package struct ScriptSubject: Codable, Sendable, Hashable {
    /// The customer: facts from systems at the top level, facts from agents under `stated`.
    package var customer: JSON
    /// The agent with the attributes that policies read; never taken from the context.
    package var agent: JSON
    package var conversation: JSON
    /// The values passed by the desktop.
    package var context: JSON

    /// Creates a subject; absent parts are empty objects.
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

    /// Replaces one of the roots that a run step may pass to a sub-script.
    mutating func set(_ name: String, _ value: JSON) {
        switch name {
        case "customer": customer = value
        case "conversation": conversation = value
        case "context": context = value
        default: break
        }
    }
}
