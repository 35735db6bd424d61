import Yams

/// Refuses members of a story that nothing reads, so that a name with a slip is not passed over.
enum StoryKeys {
    static func check(_ root: Node) throws {
        guard root.mapping != nil else { throw HistoryError("expected a mapping") }
        try check(root, Story.CodingKeys.self, "")
        for (name, topic) in root["topics"]?.mapping ?? [:] { try check(topic: topic, "topics.\(name.string ?? "?").") }
        try forEach("teams", of: root) { try check($0, Story.Team.CodingKeys.self, $1) }
        try forEach("incidents", of: root) { try check($0, Story.Incident.CodingKeys.self, $1) }
        try forEach("releases", of: root) { release, place in
            try check(release, Story.Release.CodingKeys.self, place)
            try forEach("replace", of: release, in: place) { try check($0, Story.Release.Edit.CodingKeys.self, $1) }
        }
    }

    private static func check(topic: Node, _ place: String) throws {
        try check(topic, Story.Topic.CodingKeys.self, place)
        try check(topic["script"], Story.Topic.Script.CodingKeys.self, place + "script.")
        try check(topic["request"], Story.Topic.Request.CodingKeys.self, place + "request.")
        try check(topic["work"], Story.Topic.Work.CodingKeys.self, place + "work.")
    }

    private static func forEach(
        _ list: String,
        of node: Node,
        in place: String = "",
        _ body: (Node, String) throws -> Void
    ) throws {
        for (index, element) in (node[list]?.array() ?? []).enumerated() {
            try body(element, "\(place)\(list)[\(index)].")
        }
    }

    private static func check<Keys: CodingKey & CaseIterable>(_ node: Node?, _ keys: Keys.Type, _ place: String) throws
    {
        // What is no mapping is refused when it is decoded.
        guard let mapping = node?.mapping else { return }
        let known = Set(Keys.allCases.map(\.stringValue))
        for (key, _) in mapping {
            guard let name = key.string, !known.contains(name) else { continue }
            throw HistoryError("\(place)\(name): there is no such member")
        }
    }
}
