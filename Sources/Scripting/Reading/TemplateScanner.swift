/// Finds the tags of a text and their mistakes; only variables, sections and comments are supported.
struct TemplateScanner {
    /// A name that a tag reads from the script, with the place of its tag.
    struct Name {
        let name: String
        let offset: Int
    }

    /// A mistake, with the place of its tag.
    struct Problem {
        let message: String
        let offset: Int
    }

    private struct Section {
        let name: String
        let offset: Int
        /// Whether names inside the section may be members of its value.
        let opensMembers: Bool
    }

    private static let maximumSections = 16

    private(set) var names: [Name] = []
    private(set) var problems: [Problem] = []
    private var sections: [Section] = []
    private let isTruthValue: (String) -> Bool

    /// Scans a text.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - isTruthValue: whether a name is a boolean, which has no members.
    init(_ text: String, isTruthValue: @escaping (String) -> Bool) {
        self.isTruthValue = isTruthValue
        let scalars = Array(text.unicodeScalars)
        var position = 0
        while position + 1 < scalars.count {
            guard scalars[position] == "{", scalars[position + 1] == "{" else {
                position += 1
                continue
            }
            position = tag(scalars, at: position)
        }
        for section in sections {
            problems.append(Problem(message: "{{#\(section.name)}} is not closed", offset: section.offset))
        }
    }

    /// Reads one tag and returns the position after it.
    private mutating func tag(_ scalars: [Unicode.Scalar], at start: Int) -> Int {
        let isTriple = start + 2 < scalars.count && scalars[start + 2] == "{"
        let closing: [Unicode.Scalar] = isTriple ? ["}", "}", "}"] : ["}", "}"]
        var end = start + closing.count
        while end + closing.count <= scalars.count, Array(scalars[end..<(end + closing.count)]) != closing {
            // Tags never contain each other or a line break, so an unclosed one does not consume the rest of the text.
            if scalars[end] == "{" || scalars[end] == "\n" { break }
            end += 1
        }
        guard end + closing.count <= scalars.count, Array(scalars[end..<(end + closing.count)]) == closing else {
            problems.append(Problem(message: "a tag is not closed; expected {{name}}", offset: start))
            return max(end, start + 2)
        }
        var content = String(String.UnicodeScalarView(scalars[(start + closing.count)..<end]))
        while content.first == " " { content.removeFirst() }
        while content.last == " " { content.removeLast() }
        read(content, isTriple: isTriple, at: start)
        return end + closing.count
    }

    private mutating func read(_ content: String, isTriple: Bool, at offset: Int) {
        let name = String(content.dropFirst().drop { $0 == " " })
        switch isTriple ? nil : content.first {
        case "!": break
        case "#": open(name, opensMembers: !isTruthValue(name), at: offset)
        case "^": open(name, opensMembers: false, at: offset)
        case "/": close(name, at: offset)
        case "&": variable(name, at: offset)
        case ">", "<", "$", "=", "%", "*":
            problems.append(
                Problem(
                    message: "{{\(content)}}: expected a variable or a section, nothing else is supported",
                    offset: offset
                )
            )
        default: variable(content, at: offset)
        }
    }

    private mutating func open(_ name: String, opensMembers: Bool, at offset: Int) {
        variable(name, at: offset)
        if sections.count >= Self.maximumSections {
            problems.append(Problem(message: "sections nest at most \(Self.maximumSections) deep", offset: offset))
        }
        sections.append(Section(name: name, offset: offset, opensMembers: opensMembers))
    }

    private mutating func close(_ name: String, at offset: Int) {
        guard let section = sections.popLast() else {
            problems.append(Problem(message: "{{/\(name)}} does not close a section", offset: offset))
            return
        }
        if section.name != name {
            problems.append(
                Problem(message: "{{/\(name)}} stands where {{/\(section.name)}} is expected", offset: offset)
            )
        }
    }

    private mutating func variable(_ name: String, at offset: Int) {
        if name == ".", sections.contains(where: \.opensMembers) { return }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isPart) }), let root = parts.first else {
            let message = "{{\(name)}}: expected a name as customer.name, of letters, digits and underscores"
            problems.append(Problem(message: message, offset: offset))
            return
        }
        guard !sections.contains(where: \.opensMembers) else { return }
        names.append(Name(name: String(root), offset: offset))
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
