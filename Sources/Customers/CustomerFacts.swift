package import JSONRPC

/// What is known of a customer, each fact with its source.
///
/// The one place that decides what policies, scripts and alerts see as `customer`: at the top what a system says, under
/// ``statedName`` what an agent says. An agent can add to what is known and never change it, so that no limit rests on the
/// word of the person it limits. The id alone may come from an agent, as long as no system names one.
package struct CustomerFacts: Codable, Sendable, Hashable {
    /// The member under which an agent's facts are seen.
    package static let statedName = "stated"
    private static let idName = "id"

    /// The customer's id, as it was given.
    package private(set) var id: String?
    /// The id as it is compared.
    package private(set) var key: String?
    /// Who says the id and each member of ``known``, by name.
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

    /// What a system says, without the id.
    package private(set) var known: JSONObject {
        get { knownFacts.object ?? [:] }
        set { knownFacts = .object(newValue) }
    }

    /// What an agent says; its member `id` is another id than the one that a system names.
    package private(set) var stated: JSONObject {
        get { statedFacts.object ?? [:] }
        set { statedFacts = .object(newValue) }
    }

    /// Whether nothing is known.
    package var isEmpty: Bool { id == nil && known.isEmpty && stated.isEmpty }

    /// The customer as rules, scripts and lists see it.
    package var view: JSONObject {
        var view = JSONObject()
        view[Self.idName] = id.map(JSON.string)
        for member in known { view[member.key] = member.value }
        if !stated.isEmpty { view[Self.statedName] = .object(stated) }
        return view
    }

    /// The customer for a text that an agent reads out: what a system says, else what an agent says.
    package static func spoken(_ view: JSONObject) -> JSONObject {
        var spoken = view[statedName]?.object ?? [:]
        for member in view where member.key != statedName { spoken[member.key] = member.value }
        return spoken
    }

    /// Notes how the id is compared; what an earlier release kept does not say.
    package mutating func compare(by form: CanonicalForm) { key = id.map { form($0) } }

    // MARK: Learning

    /// Takes up what somebody says; a null takes away what the same side said before.
    ///
    /// Another customer inherits nothing of the one before.
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

    /// The same with what is not known yet taken from somebody's words; what is known stays.
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
            // A system has named the customer; an agent's other id is told and counts for nothing.
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
    /// What an earlier release kept of a customer, without sources: nobody knows who said it, so no rule rests on it.
    package init(unsourced members: JSONObject, comparedBy form: CanonicalForm) {
        self.init()
        learn(members, from: .agent, comparedBy: form)
    }
}
