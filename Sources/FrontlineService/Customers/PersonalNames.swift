import Vocabulary

/// The names of a customer, which can be removed from texts that are kept: the id, and values that describe the person
/// in facts from desktops and customer systems (members such as `name`, `email`, `phone`, `street`, at any depth).
///
/// Names of several words are also searched word by word, but then case-sensitively: "Young" is a name, "young" a word.
struct PersonalNames: Sendable, Hashable {
    /// The replacement for a name.
    static let placeholder = "[erased]"
    /// Members whose key contains this are names of persons.
    private static let naming = "name"
    /// Members whose key contains one of these describe a person.
    private static let describing = ["mail", "phone", "mobile", "fax", "street", "address", "birth", "iban"]
    /// The shortest word searched; shorter ones are part of too many other words.
    private static let minimumWordLength = 3
    private static let maximumNames = 200

    /// The phrases, searched case-insensitively, longest first.
    private(set) var phrases: [String] = []
    /// The words, searched case-sensitively, longest first.
    private(set) var words: [String] = []

    /// Creates an empty set of names.
    init() {}

    init(id: String, profiles: [JSON]) {
        var found = Found()
        for profile in profiles { found.collect(profile) }
        let texts = (found.names.union(found.others).union([id])).map(Self.trimmed)
        phrases = Self.longestFirst(Set(texts.filter { $0.count >= Self.minimumWordLength }))
        let parts = found.names.flatMap { $0.split { $0.isWhitespace || ",;/()".contains($0) }.map(String.init) }
        words = Self.longestFirst(
            Set(parts.filter { $0.count >= Self.minimumWordLength && $0.first?.isUppercase == true })
        ).filter { !phrases.contains($0) }
    }

    /// The names found in facts about a customer.
    private struct Found {
        var names: Set<String> = []
        var others: Set<String> = []

        mutating func collect(_ value: JSON, _ kind: WritableKeyPath<Found, Set<String>>? = nil) {
            switch value {
            case .string(let text): if let kind { self[keyPath: kind].insert(text) }
            case .number(let number): if let kind { self[keyPath: kind].insert(number.text) }
            case .array(let elements): for element in elements { collect(element, kind) }
            case .object(let object):
                for member in object.members {
                    let key = member.key.lowercased()
                    if key.contains(naming) {
                        collect(member.value, \.names)
                    } else {
                        collect(member.value, describing.contains { key.contains($0) } ? \.others : kind)
                    }
                }
            case .null, .bool: break
            }
        }
    }

    private static func longestFirst(_ texts: Set<String>) -> [String] {
        Array(texts.sorted { ($1.count, $0) < ($0.count, $1) }.prefix(maximumNames))
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Replaces every name in a text with a placeholder.
    func redacted(_ text: String) -> String {
        let phrased = phrases.reduce(text) { Self.replacing($1, in: $0, ignoringCase: true) }
        return words.reduce(phrased) { Self.replacing($1, in: $0, ignoringCase: false) }
    }

    /// Replaces every name in the texts of a value, at every depth.
    func redacted(_ value: JSON) -> JSON {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map(redacted))
        case .object(let object):
            .object(JSONObject(object.members.map { .init(key: $0.key, value: redacted($0.value)) }))
        }
    }

    /// Replaces a name where it occurs as a separate word.
    private static func replacing(_ name: String, in text: String, ignoringCase: Bool) -> String {
        let wanted = Array(ignoringCase ? name.lowercased() : name)
        let characters = Array(text)
        guard wanted.count <= characters.count, !wanted.isEmpty else { return text }
        func agrees(at start: Int) -> Bool {
            for offset in wanted.indices {
                let character = characters[start + offset]
                guard ignoringCase ? character.lowercased() == String(wanted[offset]) : character == wanted[offset]
                else {
                    return false
                }
            }
            return true
        }
        func isWord(_ index: Int) -> Bool {
            characters.indices.contains(index) && (characters[index].isLetter || characters[index].isNumber)
        }
        var (result, position): (String, Int) = ("", 0)
        while position < characters.count {
            let end = position + wanted.count
            if end <= characters.count, agrees(at: position), !isWord(position - 1) || !isWord(position),
                !isWord(end) || !isWord(end - 1)
            {
                result += placeholder
                position = end
            } else {
                result.append(characters[position])
                position += 1
            }
        }
        return result
    }

    /// Parts of names in lower-case ASCII letters and digits, at least one of which occurs in every text that contains
    /// a name; nil if a name has no such part, so that every text must be examined.
    var fragments: [String]? {
        var fragments: Set<String> = []
        for name in phrases + words {
            let runs = name.lowercased().unicodeScalars.split {
                !$0.isASCII || !$0.properties.isAlphabetic && !("0"..."9").contains($0)
            }
            guard let longest = runs.max(by: { $0.count < $1.count }), longest.count >= Self.minimumWordLength else {
                return nil
            }
            fragments.insert(String(String.UnicodeScalarView(longest)))
        }
        return fragments.sorted()
    }
}
