package import Access
package import Vocabulary

/// A receiver of events: what it is sent, where, and how persistently.
///
/// It sees what a supervisor with its teams sees in the feeds, and nothing else.
package struct Webhook: Sendable, Hashable {
    /// Where a secret is.
    ///
    /// The secret itself is never part of a published file.
    package enum SecretPlace: Sendable, Hashable, CustomStringConvertible {
        /// A variable in the environment of the server.
        case environment(String)
        /// A file that the server can read.
        case file(String)

        package var description: String {
            switch self {
            case .environment(let name): "the variable \(name)"
            case .file(let path): "the file \(path)"
            }
        }
    }

    /// When a receiver that fails is left alone.
    package struct Breaker: Sendable, Hashable {
        /// After so many failures in a row.
        package var failures: Int
        /// For so long at first, and twice as long after each further failure.
        package var pause: Duration
        /// For so long at most.
        package var longest: Duration

        package init(failures: Int = 5, pause: Duration = .seconds(30), longest: Duration = .seconds(900)) {
            (self.failures, self.pause, self.longest) = (failures, pause, longest)
        }
    }

    /// Its name in the file.
    package let name: String
    /// Where events are sent, by POST.
    package let url: String
    /// Types of events, or patterns such as `work.*`.
    package let events: [String]
    /// The teams whose events it gets; ``Principal/everyTeam`` alone for all.
    package let teams: [String]
    /// Where its secrets are, the current one first: every body is signed with each of them.
    package let secrets: [SecretPlace]
    /// The tier of the supervisor as which it reads; nil for none, and then alerts that take a tier are not sent.
    package var tier: Int?
    /// The language of reasons and titles.
    package var locale: String?
    /// Whether it may be on this machine or in a private network, and be reached without TLS.
    package var allowsPrivateAddresses = false
    /// Whether nothing is sent for now.
    package var isPaused = false
    package var connectTimeout = Duration.seconds(5)
    /// The time-out of one attempt as a whole.
    package var timeout = Duration.seconds(15)
    /// The pauses between attempts; after one more attempt than there are pauses a delivery has failed.
    package var retries = Webhook.standardRetries
    /// How many deliveries are under way at once, each of another subject.
    package var parallel = 4
    package var breaker = Breaker()
    /// The longest body in bytes; what is longer is sent without its data.
    package var mostBytes = 64 << 10
    /// A file of certificates to trust instead of the system's.
    package var authorities: String?

    /// Ten attempts in three days.
    package static let standardRetries: [Duration] = [
        5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ].map { Duration.seconds($0) }

    package init(name: String, url: String, events: [String], teams: [String], secrets: [SecretPlace]) {
        (self.name, self.url, self.events, self.teams, self.secrets) = (name, url, events, teams, secrets)
    }

    /// Whether it wants events of a type.
    package func wants(_ type: String) -> Bool { events.contains { EventTypes.matches(type, $0) } }

    /// The caller whose view of the feeds it has.
    package var reader: Principal {
        var attributes: [String: AttributeValue] = ["team": teams.count == 1 ? .one(teams[0]) : .many(teams)]
        attributes["tier"] = tier.map { .one(String($0)) }
        attributes["locale"] = locale.map { .one($0) }
        return Principal(subject: "webhook \(name)", roles: [.supervisor], attributes: attributes)
    }
}

/// The types of events that can be sent.
package enum EventTypes {
    /// What happens to a request, as the ledger names it.
    private static let resolutions =
        ResolutionStatus.allCases.map(\.rawValue) + SettlementResult.allCases.map(\.rawValue)
        + ["reported_failed", "reported_reversed"]
    /// What is told of conversations; turns are not, because a transcript does not leave the house.
    package static let conversations: [ConversationEventKind] = [.transferred, .closed]

    /// Every type, sorted.
    package static let all: [String] =
        (AlertEventKind.allCases.map { "alert.\($0.rawValue)" } + WorkEventKind.allCases.map { "work.\($0.rawValue)" }
        + resolutions.map { "resolution.\($0)" } + conversations.map { "conversation.\($0.rawValue)" }).sorted()

    /// The type of a delivery that only shows that deliveries arrive.
    package static let test = "webhook.test"

    /// Whether a type is meant by an entry: its name, or a noun with `.*`.
    static func matches(_ type: String, _ entry: String) -> Bool {
        entry.hasSuffix(".*") ? type.hasPrefix(entry.dropLast()) : type == entry
    }
}
