package import Vocabulary

/// How a customer feels when a contact begins.
package enum Mood: String, Sendable, Hashable, CaseIterable {
    case calm, annoyed, angry
}

/// What is said whatever a contact is about.
enum Occasion: String, CaseIterable {
    case greeting, more, promise, relieved, content, unhappy, furious, again, parting
}

/// One contact as the plan has it.
///
/// What the product makes of it (moods, alerts, decisions) is not planned. Times are seconds since the contact began.
package struct PlannedContact: Sendable, Hashable {
    package struct Turn: Sendable, Hashable {
        let second: Int
        package let speaker: Speaker
        package let text: String
    }

    package struct Search: Sendable, Hashable {
        let second: Int
        let query: String
        /// The articles that answer it; the first hit among them is opened, or else the first hit.
        let answers: [String]
        /// Whether that article is used for the customer.
        let isUsed: Bool
        /// What is wrong with the article, if somebody says so.
        let complaint: String?
    }

    package struct Script: Sendable, Hashable {
        let second: Int
        package let id: String
        /// After how many steps the agent leaves it; nil for one that is followed to its end.
        package let leavesAfter: Int?
    }

    package struct Request: Sendable, Hashable {
        let second: Int
        let action: String
        let reason: String
        let amount: String
    }

    package struct Work: Sendable, Hashable {
        let second: Int
        let kind: String
    }

    package struct Transfer: Sendable, Hashable {
        let second: Int
        /// The number of the colleague in the roster.
        package let to: Int
        let reason: String
    }

    /// Counted from 1, in the order in which contacts begin.
    package let number: Int
    package let id: String
    /// When it begins, in microseconds since 1970.
    package let at: Int64
    /// How long it takes.
    package let seconds: Int
    package let topic: String
    package let team: String
    /// The number of the agent in the roster.
    package let agent: Int
    package let customer: Customer
    package let channel: String
    package let locale: String
    package let mood: Mood
    package let isResolved: Bool
    /// The contact about the same thing that came before it.
    package let continues: String?
    package let incident: String?
    package let order: String
    package let code: String
    package let turns: [Turn]
    package let search: Search?
    package let script: Script?
    package let request: Request?
    package let work: Work?
    package let transfer: Transfer?
}

/// A change that is published in the course of a history.
package struct PlannedRelease: Sendable {
    /// When, in microseconds since 1970; outside of freezes.
    package let at: Int64
    let release: Story.Release
}
