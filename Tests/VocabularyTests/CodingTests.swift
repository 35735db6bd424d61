import Testing
import Vocabulary

/// A type without members.
private struct Empty: Codable, Equatable {}

private enum Level: String, Codable, CaseIterable {
    case low
    case veryHigh = "very_high"
}

private struct Amount: Codable, Equatable, JSONSchemaRepresentable {
    let text: String

    static let jsonSchema: JSON = [
        "type": ["string", "number"], "description": "a decimal number or string", "examples": ["49.99"],
    ]

    init(text: String) {
        self.text = text
    }

    init(from decoder: any Decoder) throws {
        switch try decoder.singleValueContainer().decode(JSON.self) {
        case .string(let text) where Double(text) != nil: self.text = text
        case .number(let number): text = number.text
        default: throw JSONDecodingError.expected("a decimal number or string")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

private struct Order: Codable, Equatable {
    struct Item: Codable, Equatable {
        let articleId: String
        let count: UInt8?
    }

    let orderId: String
    let amount: Amount
    let level: Level
    let items: [Item]
    let labels: [String: Int]?
    let sha256: String?
    let ratio: Double?
    let isOpen: Bool?
    let extra: JSON?
}

private struct Tree: Codable {
    let name: String
    let children: [Tree]
    let parent: [String: Tree]?
}

@Suite struct CodingTests {
    private static let order =
        #"{"order_id":"a","amount":49.990,"level":"very_high","items":[{"article_id":"x","count":2},{"article_id":"y"}],"#
        + #""labels":{"camelCase":1,"snake_case":2},"sha256":"f","ratio":0.5,"is_open":true,"extra":{"a":[1.10]}}"#

    @Test func readsAndWritesSnakeCaseMembers() throws {
        let order = try JSONDecoding.decode(Order.self, from: try JSON(parsing: Self.order))
        #expect(order.orderId == "a")
        #expect(order.amount.text == "49.990")
        #expect(order.items == [.init(articleId: "x", count: 2), .init(articleId: "y", count: nil)])
        #expect(order.labels == ["camelCase": 1, "snake_case": 2])
        #expect(order.extra?["a"]?[0] == JSONNumber(text: "1.10").map(JSON.number))
        let written = try JSONEncoding.encode(order)
        #expect(written["is_open"] == true)
        #expect(written["amount"] == "49.990")
        #expect(written["items"]?[0]?["article_id"] == "x")
        #expect(try JSONDecoding.decode(Order.self, from: written) == order)
    }

    @Test(arguments: [
        (#"{}"#, "params.order_id", "a string"),
        (#"{"order_id":1}"#, "params.order_id", "a string"),
        (#"{"order_id":"a","amount":true}"#, "params.amount", "a decimal number or string"),
        (#"{"order_id":"a","amount":"x1"}"#, "params.amount", "a decimal number or string"),
        (#"{"order_id":"a"}"#, "params.amount", "a decimal number or string"),
        (#"{"order_id":"a","amount":1,"level":"high"}"#, "params.level", #"one of "low", "very_high""#),
        (#"{"order_id":"a","amount":1,"level":3}"#, "params.level", #"one of "low", "very_high""#),
        (#"{"order_id":"a","amount":1,"level":"low","items":{}}"#, "params.items", "an array"),
        (#"{"order_id":"a","amount":1,"level":"low","items":[{"article_id":"x"},3]}"#, "params.items[1]", "an object"),
        (
            #"{"order_id":"a","amount":1,"level":"low","items":[{"article_id":"x","count":256}]}"#,
            "params.items[0].count", "an integer from 0 to 255"
        ),
        (
            #"{"order_id":"a","amount":1,"level":"low","items":[],"labels":{"aB":"x"}}"#, "params.labels.aB",
            "an integer"
        ),
        (#"{"order_id":"a","amount":1,"level":"low","items":[],"ratio":1e999}"#, "params.ratio", "a number"),
        (#"{"order_id":"a","amount":1,"level":"low","items":[],"is_open":1}"#, "params.is_open", "true or false"),
        (#"[]"#, "params", "an object"),
    ])
    func saysWhichMemberDoesNotFit(text: String, path: String, expected: String) throws {
        let value = try JSON(parsing: text)
        let error = #expect(throws: JSONDecodingError.self) { try JSONDecoding.decode(Order.self, from: value) }
        #expect(error?.path == path)
        #expect(error?.expected == expected)
    }

    @Test(arguments: [
        (#"{"order_id":"a","amount":1,"level":"low","items":[],"orderId":"b"}"#, "params.orderId"),
        (#"{"order_id":"a","amount":1,"level":"low","items":[{"article_id":"x","cuont":1}]}"#, "params.items[0].cuont"),
    ])
    func refusesUnknownMembersUnlessToldOtherwise(text: String, path: String) throws {
        let value = try JSON(parsing: text)
        let error = #expect(throws: JSONDecodingError.self) { try JSONDecoding.decode(Order.self, from: value) }
        #expect(error?.path == path)
        #expect(error?.code == .unknownMember)
        #expect(throws: Never.self) {
            try JSONDecoding.decode(Order.self, from: value, refusingUnknownMembers: false)
        }
    }

    @Test func namesTheMembersThatAreKnown() {
        let error = #expect(throws: JSONDecodingError.self) {
            try JSONDecoding.decode(Order.Item.self, from: ["article_id": "a", "id": 1])
        }
        #expect(error?.expected == #"one of the members "article_id", "count""#)
    }

    @Test func refusesAnyMemberWhereThereAreNone() throws {
        #expect(try JSONDecoding.decode(Empty.self, from: [:]) == Empty())
        #expect(throws: JSONDecodingError.self) { try JSONDecoding.decode(Empty.self, from: ["a": 1]) }
        #expect(try JSONEncoding.encode(Empty()) == [:])
    }

    @Test func findsAnUnknownMemberAmongMany() throws {
        var object = JSONObject()
        for index in 0..<200 {
            object["m\(index)"] = 1
        }
        object["article_id"] = "x"
        let error = #expect(throws: JSONDecodingError.self) {
            try JSONDecoding.decode(Order.Item.self, from: .object(object))
        }
        #expect(error?.path == "params.m0")
        let all = try JSONDecoding.decode([String: JSON].self, from: .object(object))
        #expect(all.count == 201)
    }

    @Test(arguments: [
        ("articleId", "article_id"), ("sha256", "sha256"), ("retryAfterMs", "retry_after_ms"), ("x", "x"),
        ("aBC", "a_b_c"),
        ("p90Seconds", "p90_seconds"), ("already_snake", "already_snake"),
    ])
    func namesMembers(swift: String, wire: String) {
        #expect(WireNames.wireName(of: swift) == wire)
    }

    @Test func refusesNumbersThatJSONHasNot() {
        #expect(throws: EncodingError.self) { try JSONEncoding.encode([Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSONEncoding.encode(["a": Double.nan]) }
    }

    @Test func describesTypesBySchema() throws {
        let schema = JSONSchema.schema(of: Order.self, documentation: ["order_id": "The order."])
        #expect(schema["required"] == ["order_id", "amount", "level", "items"])
        #expect(schema["properties"]?["order_id"] == ["type": "string", "description": "The order."])
        #expect(schema["properties"]?["level"] == ["type": "string", "enum": ["low", "very_high"]])
        #expect(schema["properties"]?["amount"]?["description"] == "a decimal number or string")
        #expect(schema["properties"]?["labels"] == ["type": "object", "additionalProperties": ["type": "integer"]])
        #expect(schema["properties"]?["extra"] == [:])
        let reference = try #require(schema["properties"]?["items"]?["items"]?["$ref"]?.string)
        let name = try #require(reference.split(separator: "/").last)
        #expect(schema["$defs"]?[String(name)]?["required"] == ["article_id"])
        #expect(!schema.description.contains("x-incomplete"))
    }

    @Test func describesTypesThatContainThemselves() throws {
        let schema = JSONSchema.schema(of: Tree.self)
        #expect(schema["required"] == ["name", "children"])
        let reference = try #require(schema["properties"]?["children"]?["items"]?["$ref"]?.string)
        let name = try #require(reference.split(separator: "/").last)
        #expect(schema["$defs"]?[String(name)]?["properties"]?["name"] == ["type": "string"])
        #expect(schema["properties"]?["parent"]?["additionalProperties"]?["$ref"]?.string == reference)
        #expect(!schema.description.contains("x-incomplete"))
    }
}
