import Yams

/// Refuses members of a story that nothing reads, so that a name with a slip is not passed over.
enum StoryKeys {
    static func check(_ root: Node) throws {
        guard root.mapping != nil else { throw HistoryError("expected a mapping") }
        try check(root, Story.CodingKeys.self, "")
        if let topics = root["topics"]?.mapping {
            for (name, topic) in topics {
                try check(topic, Story.Topic.CodingKeys.self, "topics.\(name.string ?? "?").")
            }
        }
        for (list, check) in [
            ("teams", { try Self.check($0, Story.Team.CodingKeys.self, $1) }),
            ("incidents", { try Self.check($0, Story.Incident.CodingKeys.self, $1) }),
            ("releases", { try Self.check($0, Story.Release.CodingKeys.self, $1) }),
        ] as [(String, (Node, String) throws -> Void)] {
            for (index, element) in (root[list]?.array() ?? []).enumerated() {
                try check(element, "\(list)[\(index)].")
            }
        }
    }

    private static func check<Keys: CodingKey & CaseIterable>(_ node: Node, _ keys: Keys.Type, _ place: String) throws {
        // What is no mapping is refused when it is decoded.
        guard let mapping = node.mapping else { return }
        try check(mapping, keys, place)
    }

    private static func check<Keys: CodingKey & CaseIterable>(
        _ mapping: Node.Mapping,
        _ keys: Keys.Type,
        _ place: String
    ) throws {
        let known = Set(Keys.allCases.map(\.stringValue))
        for (key, _) in mapping {
            guard let name = key.string, !known.contains(name) else { continue }
            throw HistoryError("\(place)\(name): there is no such member")
        }
    }
}
