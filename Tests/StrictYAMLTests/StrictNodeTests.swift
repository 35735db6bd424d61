import StrictYAML
import Testing
import Yams

/// A node whose errors are their messages with the line.
private struct PlainNode: StrictNode {
    struct Failure: Error, Equatable {
        let text: String
    }

    static let longestText = 8

    let node: Node

    init(_ node: Node) { self.node = node }

    init(yaml: String) throws {
        self.init(try #require(try YAMLSource(yaml, limits: YAMLSource.Limits(bytes: 1_000)).root()))
    }

    func child(_ node: Node) -> PlainNode { PlainNode(node) }

    func error(_ message: String) -> Failure { Failure(text: "\(node.mark?.line ?? 0): \(message)") }
}

private enum Colour: String, CaseIterable {
    case red, green
}

@Suite struct StrictNodeTests {
    /// The message of the error that reading a text gives; nil if it gives none.
    private func refusal<T>(_ yaml: String, _ read: (PlainNode) throws(PlainNode.Failure) -> T) throws -> String? {
        let node = try PlainNode(yaml: yaml)
        do throws(PlainNode.Failure) {
            _ = try read(node)
            return nil
        } catch {
            return error.text
        }
    }

    @Test func `values of the expected type are read`() throws {
        #expect(try PlainNode(yaml: "[a, b]").items().map { try $0.text() } == ["a", "b"])
        #expect(try PlainNode(yaml: "[a, b]").texts().map(\.text) == ["a", "b"])
        #expect(try PlainNode(yaml: "a").texts(most: 1).map(\.text) == ["a"])
        #expect(try PlainNode(yaml: "a long text").text(most: 20) == "a long text")
        #expect(try PlainNode(yaml: "true").flag() && !PlainNode(yaml: "false").flag())
        #expect(try PlainNode(yaml: "7").integer(in: 1...9) == 7)
        #expect(try PlainNode(yaml: "green").choice(of: Colour.self) == .green)
    }

    @Test func `anything else is refused with what is expected`() throws {
        #expect(try refusal("a") { node throws(PlainNode.Failure) in try node.items() } == "1: a list is expected")
        #expect(try refusal("[]") { node throws(PlainNode.Failure) in try node.text() } == "1: a text is expected")
        #expect(
            try refusal("a long text") { node throws(PlainNode.Failure) in try node.text() }
                == "1: a text of at most 8 bytes is expected"
        )
        #expect(
            try refusal("[a, b]") { node throws(PlainNode.Failure) in try node.texts(most: 1) }
                == "1: a list of at most 1 texts is expected"
        )
        #expect(
            try refusal("[a,\n{}]") { node throws(PlainNode.Failure) in try node.texts() } == "2: a text is expected"
        )
        #expect(
            try refusal("yes") { node throws(PlainNode.Failure) in try node.flag() } == "1: true or false is expected"
        )
        #expect(
            try refusal("10") { node throws(PlainNode.Failure) in try node.integer(in: 1...9) }
                == "1: an integer from 1 to 9 is expected"
        )
        #expect(
            try refusal("gren") { node throws(PlainNode.Failure) in try node.choice(of: Colour.self) }
                == "1: “gren” is not one of red, green; did you mean “green”?"
        )
    }

    @Test func `members are those that are known, and each other one is told of`() throws {
        var unknown: [String] = []
        let members = try PlainNode(yaml: "a: 1\nb: 2\nc: 3").members(["a", "c", "d"]) { key, name in
            unknown.append(key.error(name).text)
        }
        #expect(members.keys.sorted() == ["a", "c"] && unknown == ["2: b"])
        #expect(
            try refusal("a: 1\nb: 2") { node throws(PlainNode.Failure) in
                try node.members(["a"]) { key, name throws(PlainNode.Failure) in throw key.error("no \(name)") }
            } == "2: no b"
        )
        #expect(
            try refusal("[]") { node throws(PlainNode.Failure) in try node.members(["a", "b"]) { _, _ in } }
                == "1: a map is expected, with a, b"
        )
    }
}
