package import Vocabulary

/// The known facts about a customer, each with its source.
///
/// This type alone decides what policies, scripts and alerts see as `customer`: facts from systems at the top level,
/// facts from agents under ``statedName``. An agent can add facts but never change those from systems, so that no limit
/// depends on statements of the person whom it limits. Only the id may come from an agent, as long as no system
/// provides one.
package struct CustomerFacts: Codable, Sendable, Hashable {
    /// The member that contains an agent's facts.
    package static let statedName = "stated"
    private static let idName = "id"

    /// The customer's id, as given.
    package private(set) var id: String?
    /// The id in the form used for comparison.
    package private(set) var key: String?
    /// The source of the id and of each member of ``known``, by name.
    package private(set) var sources: [String: FactSource] = [:]
    private var knownFacts: JSON = .object([:])
    private var statedFacts: JSON = .object([:])

    private enum CodingKeys: String, CodingKey {
        case id
        case key
        case sources
        case knownFacts = "known"
        case statedFacts = "stated"
    }

    package init() {}

    /// The facts from systems, without the id.
    package private(set) var known: JSONObject {
        get { knownFacts.object ?? [:] }
        set { knownFacts = .object(newValue) }
    }

    /// The facts from agents; a member `id` is one that differs from the id given by a system.
    package private(set) var stated: JSONObject {
        get { statedFacts.object ?? [:] }
        set { statedFacts = .object(newValue) }
    }

    /// Whether there are no facts.
    package var isEmpty: Bool { id == nil && known.isEmpty && stated.isEmpty }

    /// The customer as policies, scripts and lists see it.
    package var view: JSONObject {
        var view = JSONObject()
        view[Self.idName] = id.map(JSON.string)
        for member in known { view[member.key] = member.value }
        if !stated.isEmpty { view[Self.statedName] = .object(stated) }
        return view
    }

    /// The customer for a text that an agent reads out: facts from systems, supplemented by those from agents.
    package static func spoken(_ view: JSONObject) -> JSONObject {
        var spoken = view[statedName]?.object ?? [:]
        for member in view where member.key != statedName { spoken[member.key] = member.value }
        return spoken
    }

    /// Sets the comparison form of the id, which facts stored by an earlier release lack.
    package mutating func compare(by form: CanonicalForm) { key = id.map { form($0) } }

    // MARK: Adding facts

    /// Adds facts from a source; a null removes a fact that the same source gave before.
    ///
    /// If the id changes, the facts about the previous customer are dropped.
    package mutating func learn(_ members: JSONObject, from source: FactSource, comparedBy form: CanonicalForm) {
        if let given = members[Self.idName]?.string { name(given, from: source, comparedBy: form) }
        for member in members where member.key != Self.idName {
            if member.key == Self.statedName {
                for inner in member.value.object ?? [:] { state(inner.key, inner.value) }
            } else if source.isTrusted {
                var known = known
                known[member.key] = member.value.isNull ? Optional.none : member.value
                self.known = known
                sources[member.key] = member.value.isNull ? nil : source
            } else {
                state(member.key, member.value)
            }
        }
    }

    /// Returns these facts supplemented by others; existing facts are kept.
    package func completed(
        by given: JSONObject,
        from source: FactSource,
        comparedBy form: CanonicalForm
    ) -> CustomerFacts {
        let own = given[Self.statedName]?.object ?? [:]
        let isKnown = { (name: String) in source.isTrusted ? known[name] != nil : stated[name] != nil }
        var fresh = JSONObject(
            given.members.filter { member in
                switch member.key {
                case Self.idName: id == nil
                case Self.statedName: false
                default: !member.value.isNull && !isKnown(member.key)
                }
            }
        )
        let words = own.members.filter { !$0.value.isNull && stated[$0.key] == nil }
        if !words.isEmpty { fresh[Self.statedName] = .object(JSONObject(words)) }
        var result = self
        result.learn(fresh, from: source, comparedBy: form)
        return result
    }

    private mutating func name(_ given: String, from source: FactSource, comparedBy form: CanonicalForm) {
        let other = form(given)
        guard source.isTrusted || !(sources[Self.idName]?.isTrusted ?? false) else {
            // A system has identified the customer, so a different id from an agent is shown but has no effect.
            state(Self.idName, other == key ? .null : .string(given))
            return
        }
        if let key, key != other { self = CustomerFacts() }
        (id, key) = (given, other)
        sources[Self.idName] = source
    }

    private mutating func state(_ name: String, _ value: JSON) {
        var stated = stated
        stated[name] = value.isNull ? Optional.none : value
        self.stated = stated
    }
}

extension CustomerFacts {
    /// Reads facts stored by an earlier release without sources; since their source is unknown, they count as stated by
    /// an agent.
    package init(unsourced members: JSONObject, comparedBy form: CanonicalForm) {
        self.init()
        learn(members, from: .agent, comparedBy: form)
    }
}
