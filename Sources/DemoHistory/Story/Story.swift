/// What an invented history is about, as `demo/ohmstead.yaml` has it; the file describes its members.
///
/// A story names articles, scripts, actions and kinds of work of the samples, and contains everything that is said.
package struct Story: Decodable, Sendable {
    package let company: String
    /// The number of contacts in 365 days.
    package let contacts: Int
    let german: Double
    let people: Double
    let weekdays: Shares
    let months: [Double]
    let hours: [Double]
    let channels: Shares
    let segments: Shares
    let countries: Shares
    /// The shares of customers who are calm, annoyed and angry.
    let moods: [Double]
    let teams: [Team]
    let firstNames: [String]
    let lastNames: [String]
    let products: [String]
    let topics: [String: Topic]
    /// By language and occasion.
    let says: [String: [String: [String]]]
    let comments: [String]
    let gaps: [String]
    let incidents: [Incident]
    let releases: [Release]
    /// The least and the largest number that agents enter in a step of a script, by its name.
    let steps: [String: [Double]]
    /// The shares of choices in a step of a script, by its name.
    let choices: [String: Shares]
    /// What can come of work, by its kind.
    let outcomes: [String: [[String: String]]]
    /// The share of contacts that are handed over.
    let transfers: Double
    let replies: [String]
    let approvals: [String]
    let rejections: [String]
    let leaving: [String]
    let transferReasons: [String]

    enum CodingKeys: String, CodingKey, CaseIterable {
        case company, contacts, german, people, weekdays, months, hours, channels, segments, countries, moods, teams
        case products, topics, says, comments, gaps, incidents, releases, steps, choices, outcomes, transfers
        case replies, approvals, rejections, leaving
        case transferReasons = "transfer_reasons"
        case firstNames = "first_names"
        case lastNames = "last_names"
    }

    /// A desk and how many people it has.
    struct Team: Decodable, Sendable {
        let name: String
        let agents: Int
        let leads: Int
        let keepers: Int?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, agents, leads, keepers }
    }

    /// What a contact is about.
    struct Topic: Decodable, Sendable {
        struct Script: Decodable, Sendable {
            let id: String
            let share: Double

            enum CodingKeys: String, CodingKey, CaseIterable { case id, share }
        }

        struct Request: Decodable, Sendable {
            let action: String
            let reason: String
            let share: Double
            let amounts: [String]

            enum CodingKeys: String, CodingKey, CaseIterable { case action, reason, share, amounts }
        }

        struct Work: Decodable, Sendable {
            let kind: String
            let share: Double

            enum CodingKeys: String, CodingKey, CaseIterable { case kind, share }
        }

        let share: Double
        let team: String
        let seconds: Double
        let resolved: Double
        let code: String
        let articles: [String]
        let search: [String]
        let script: Script?
        let request: Request?
        let work: Work?
        /// By language and mood; `detail` for what is said when the agent has asked.
        let says: [String: [String: [String]]]
        let answers: [String: [String]]

        enum CodingKeys: String, CodingKey, CaseIterable {
            case share, team, seconds, resolved, code, articles, search, script, request, work, says, answers
        }
    }

    /// Days on which one topic is raised more often than usual.
    struct Incident: Decodable, Sendable {
        let name: String
        let title: String
        /// Month and day, such as `03-09`.
        let from: String
        let days: Int
        let topic: String
        let factor: Double
        let resolved: Double
        let moods: [Double]
        let says: [String: [String]]

        enum CodingKeys: String, CodingKey, CaseIterable {
            case name, title, from, days, topic, factor, resolved, moods, says
        }
    }

    /// A script or an article that changes on a day.
    struct Release: Decodable, Sendable {
        struct Edit: Decodable, Sendable {
            let from: String
            let to: String

            enum CodingKeys: String, CodingKey, CaseIterable { case from, to }
        }

        /// Month and day, such as `03-12`.
        let on: String
        let note: String
        let article: String?
        let script: String?
        let replace: [Edit]?
        /// The topic whose contacts take less time from then on, and whose script is followed more closely.
        let topic: String?
        let seconds: Double?
        let adherence: Double?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case on, note, article, script, replace, topic, seconds, adherence
        }
    }
}
