/// A customer of the history, who exists nowhere.
package struct Customer: Sendable, Hashable {
    package let id: String
    package let name: String
    package let segment: String
    package let country: String
    /// The day of the first order.
    package let firstOrder: String
    package let speaksGerman: Bool
    /// A telephone number kept free for films, and an address of a domain that has no mail.
    package let phone: String
    package let email: String
}

/// All customers; each follows from the seed and its number, so none of them has to be kept.
package struct Population: Sendable {
    private static let firstID = 200_000

    let count: Int
    private let story: Story
    private let seed: UInt64
    private let first: Int64

    /// The customers of this many contacts a year.
    init(_ story: Story, contacts: Int, seed: UInt64, first: Int64) {
        (self.story, self.seed, self.first) = (story, seed, first)
        count = max(20, Int(Double(contacts) * story.people))
    }

    func customer(_ number: Int) -> Customer {
        var dice = Dice(seed, .customer, UInt64(number))
        let (given, family) = (dice.pick(story.firstNames), dice.pick(story.lastNames))
        let segment = dice.name(story.segments)
        let country = dice.name(story.countries)
        // New customers have ordered in the last three months before the history, others within six years.
        let age = segment == "new" ? dice.within(1...80) : dice.within(100...2_200)
        return Customer(
            id: "K-\(Self.firstID + number)",
            name: "\(given) \(family)",
            segment: segment,
            country: country,
            firstOrder: HistoryPeriod.name(of: first - Int64(age)),
            speaksGerman: (country == "DE" || country == "AT") && dice.chance(min(1, story.german / germanCountries)),
            phone: "030 23125 \(String(1_000 + dice.below(1_000)).dropFirst())",
            email: "\(given).\(family)@example.org".lowercased()
        )
    }

    /// The share of the customers who live where German is spoken.
    private var germanCountries: Double {
        let all = story.countries.weights.reduce(0, +)
        return max(0.01, (story.countries["DE"] + story.countries["AT"]) / all)
    }
}
