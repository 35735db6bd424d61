import JSONRPC

/// The names of a customer, and how they are taken out of texts that stay: the id, and what describes the person in what
/// desktops and customer systems have told (members such as `name`, `email`, `phone`, `street`, at any depth).
///
/// Names of several words are also looked for word by word, but then only as they are written: "Young" is a name, "young"
/// a word.
struct PersonalNames: Sendable, Hashable {
    /// What stands where a name was.
    static let placeholder = "[erased]"
    /// Members whose key has this in it hold names of persons.
    private static let naming = "name"
    /// Members whose key has one of these in it describe a person.
    private static let describing = ["mail", "phone", "mobile", "fax", "street", "address", "birth", "iban"]
    /// Shorter words are part of too many others.
    private static let shortestWord = 3
    private static let maximumNames = 200

    /// Looked for in any spelling, longest first.
    private(set) var phrases: [String] = []
    /// Looked for as they are written, longest first.
    private(set) var words: [String] = []

    /// Nobody's.
    init() {}

    init(id: String, profiles: [JSON]) {
        var found = Found()
        for profile in profiles { found.collect(profile) }
        let texts = (found.names.union(found.others).union([id])).map(Self.trimmed)
        phrases = Self.longestFirst(Set(texts.filter { $0.count >= Self.shortestWord }))
        let parts = found.names.flatMap { $0.split { $0.isWhitespace || ",;/()".contains($0) }.map(String.init) }
        words = Self.longestFirst(
            Set(parts.filter { $0.count >= Self.shortestWord && $0.first?.isUppercase == true })
        ).filter { !phrases.contains($0) }
    }

    /// What describes a person in what is known of a customer.
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

    /// The text with a placeholder for every name.
    func redacted(_ text: String) -> String {
        let phrased = phrases.reduce(text) { Self.replacing($1, in: $0, ignoringCase: true) }
        return words.reduce(phrased) { Self.replacing($1, in: $0, ignoringCase: false) }
    }

    /// A value whose texts have no names in them, at every depth.
    func redacted(_ value: JSON) -> JSON {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map(redacted))
        case .object(let object):
            .object(JSONObject(object.members.map { .init(key: $0.key, value: redacted($0.value)) }))
        }
    }

    /// Replaces a name where it stands as a word of its own.
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

    /// Parts of names in ASCII letters and digits, in small letters, one of which every text has that holds a name; nil when
    /// some name has no such part, and every text has to be looked at.
    var fragments: [String]? {
        var fragments: Set<String> = []
        for name in phrases + words {
            let runs = name.lowercased().unicodeScalars.split {
                !$0.isASCII || !$0.properties.isAlphabetic && !("0"..."9").contains($0)
            }
            guard let longest = runs.max(by: { $0.count < $1.count }), longest.count >= Self.shortestWord else {
                return nil
            }
            fragments.insert(String(String.UnicodeScalarView(longest)))
        }
        return fragments.sorted()
    }
}
