package import Alerts
package import Conversations
package import Resolution
package import Scripting
package import WorkItems

/// Something that happened in the transaction of one capability and concerns others.
package enum DomainEvent: Sendable {
    case alert(AlertDomainEvent)
    case conversation(ConversationDomainEvent)
    case grant(GrantDomainEvent)
    case session(SessionDomainEvent)
    case work(WorkDomainEvent)
}
