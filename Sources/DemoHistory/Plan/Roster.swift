/// Somebody who works for the company of the story.
package struct Person: Sendable, Hashable {
    /// What a person does.
    package enum Job: Sendable, Hashable {
        case agent, lead, keeper, operations
    }

    /// The name that is in the token, such as `mara.keller`.
    package let subject: String
    package let name: String
    package let job: Job
    package let team: String
    /// How much the person may grant: 1 to 3.
    package let tier: Int
    /// The first and the last day; nil for people who stay.
    package let starts: Int64
    package let leaves: Int64?
    /// Contacts that the person had handled before the first day.
    let experience: Double
    /// What the person needs of the time of others with the same experience.
    let pace: Double
    /// How much more often than others the person settles what a contact is about.
    let care: Double

    init(
        _ name: (subject: String, text: String),
        _ job: Job,
        _ team: String,
        tier: Int,
        starts: Int64,
        leaves: Int64? = nil,
        experience: Double = 0,
        pace: Double = 1,
        care: Double = 0
    ) {
        (subject, self.name) = (name.subject, name.text)
        (self.job, self.team, self.tier) = (job, team, tier)
        (self.starts, self.leaves) = (starts, leaves)
        (self.experience, self.pace, self.care) = (experience, pace, care)
    }

    func works(on day: Int64) -> Bool { starts <= day && leaves.map { day <= $0 } ?? true }
}

/// The people of a history: agents who come, learn and leave, and those who stay.
package struct Roster: Sendable {
    package let people: [Person]

    /// Some agents leave, and somebody new comes a week before; nobody does in a history of less than these days.
    private static let (turnover, shortest) = (0.35, 60)
    /// Beginners, people with some months behind them and old hands: their share, and their contacts so far.
    private static let experiences: [(share: Double, contacts: ClosedRange<Int>)] = [
        (0.4, 0...120), (0.36, 150...700), (0.24, 900...3_000),
    ]

    package init(_ story: Story, _ period: HistoryPeriod, seed: UInt64) {
        var dice = Dice(seed, .roster)
        var names = Names(story)
        var people: [Person] = []
        for team in story.teams {
            for number in 0..<team.agents {
                let change = Self.change(in: period, &dice)
                let tier = number % 4 == 0 ? 2 : 1
                let contacts = Self.experiences[dice.index(Self.experiences.map(\.share))].contacts
                people.append(
                    Self.agent(&names, team.name, tier, period.first, change, dice.within(contacts), &dice)
                )
                if let change {
                    people.append(Self.agent(&names, team.name, 1, change - 7, nil, 0, &dice))
                }
            }
            for _ in 0..<team.leads { people.append(Self.other(&names, .lead, team.name, period.first, &dice)) }
            for _ in 0..<(team.keepers ?? 0) {
                people.append(Self.other(&names, .keeper, team.name, period.first, &dice))
            }
        }
        people.append(Self.other(&names, .operations, "operations", period.first, &dice))
        self.people = people
    }

    /// The last day of somebody who leaves, in the middle of the period.
    private static func change(in period: HistoryPeriod, _ dice: inout Dice) -> Int64? {
        let days = period.days.count
        let (leaves, place) = (dice.chance(turnover), 0.1 + 0.75 * dice.share())
        return leaves && days >= shortest ? period.first + Int64(place * Double(days)) : nil
    }

    private static func agent(
        _ names: inout Names,
        _ team: String,
        _ tier: Int,
        _ starts: Int64,
        _ leaves: Int64?,
        _ experience: Int,
        _ dice: inout Dice
    ) -> Person {
        Person(
            names.next(&dice),
            .agent,
            team,
            tier: tier,
            starts: starts,
            leaves: leaves,
            experience: Double(experience),
            pace: dice.spread(0.12),
            care: 0.1 * dice.share() - 0.05
        )
    }

    private static func other(
        _ names: inout Names,
        _ job: Person.Job,
        _ team: String,
        _ starts: Int64,
        _ dice: inout Dice
    ) -> Person {
        Person(names.next(&dice), job, team, tier: 3, starts: starts)
    }

    /// The numbers of the people of a team with a job who work on a day.
    package func numbers(of team: String, _ job: Person.Job, on day: Int64) -> [Int] {
        people.indices.filter { people[$0].team == team && people[$0].job == job && people[$0].works(on: day) }
    }
}

/// Names that nobody in the roster has yet.
private struct Names {
    private let first: [String]
    private let last: [String]
    private var taken: Set<String> = []

    init(_ story: Story) { (first, last) = (story.firstNames, story.lastNames) }

    mutating func next(_ dice: inout Dice) -> (subject: String, text: String) {
        let (given, family) = (dice.pick(first), dice.pick(last))
        let base = "\(given).\(family)".lowercased()
        var subject = base
        // With few names in a story, people are told apart by a number.
        var number = 2
        while !taken.insert(subject).inserted {
            subject = "\(base)\(number)"
            number += 1
        }
        return (subject, "\(given) \(family)")
    }
}
