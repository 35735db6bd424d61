import Spelling
package import Yams

/// A place in a file that is read strictly: what is there is of the expected type and within bounds, or an error that names the
/// place and what is expected.
///
/// A reader's node says how its errors look; the accessors are the same for all readers.
package protocol StrictNode {
    /// The reader's error.
    associatedtype Failure: Error

    /// The longest text, in UTF-8 bytes, where nothing else is said.
    static var longestText: Int { get }

    var node: Node { get }

    /// The node of a member or an element of this one.
    func child(_ node: Node) -> Self

    /// The error of a mistake here.
    func error(_ message: String) -> Failure
}

extension StrictNode {
    /// The members of a map by their names.
    ///
    /// - Parameters:
    ///   - known: the names that are expected.
    ///   - unknown: told of each other key, with its node; it throws, or reports the mistake and lets reading go on.
    /// - Returns: the known members that are there.
    /// - Throws: the reader's error for what is no map, and what `unknown` throws.
    package func members(
        _ known: [String],
        unknown: (_ key: Self, _ name: String) throws(Failure) -> Void
    ) throws(Failure) -> [String: Self] {
        guard let map = node.mapping else { throw error("a map is expected, with \(known.joined(separator: ", "))") }
        var result: [String: Self] = [:]
        for (key, value) in map {
            let name = key.scalar?.string ?? ""
            if known.contains(name) {
                result[name] = child(value)
            } else {
                try unknown(child(key), name)
            }
        }
        return result
    }

    /// The elements of a list.
    package func items() throws(Failure) -> [Self] {
        guard let list = node.sequence else { throw error("a list is expected") }
        return list.map(child)
    }

    /// A text that is not empty.
    ///
    /// - Parameter most: how many bytes of UTF-8 it may have; ``longestText`` unless given.
    /// - Returns: the text.
    /// - Throws: the reader's error for anything else.
    package func text(most: Int? = nil) throws(Failure) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw error("a text is expected") }
        let most = most ?? Self.longestText
        guard text.utf8.count <= most else { throw error("a text of at most \(most) bytes is expected") }
        return text
    }

    /// A list of texts, or one text, each with its place.
    package func texts(most: Int = .max) throws(Failure) -> [(text: String, node: Self)] {
        guard let list = node.sequence else { return [(try text(), self)] }
        guard list.count <= most else { throw error("a list of at most \(most) texts is expected") }
        var result: [(text: String, node: Self)] = []
        for element in list {
            let item = child(element)
            result.append((try item.text(), item))
        }
        return result
    }

    /// True or false.
    package func flag() throws(Failure) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw error("true or false is expected")
        }
    }

    /// An integer within a range.
    package func integer(in range: ClosedRange<Int>) throws(Failure) -> Int {
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            throw error("an integer from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// One of the raw values of an enumeration; an error asks for the nearest one.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type
    ) throws(Failure) -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let value = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue)
            let guess = NearestName.question(text, among: known)
            throw error("“\(text.prefix(40))” is not one of \(known.joined(separator: ", "))\(guess)")
        }
        return value
    }
}
