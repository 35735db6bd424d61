import BuiltInData
import Foundation
import StrictYAML
import Yams

extension Story {
    /// The largest file that is read.
    private static let maximumBytes = 1 << 20

    /// The story that is linked into the program.
    ///
    /// - Throws: ``HistoryError``, which a test excludes.
    package static func builtIn() throws -> Story {
        let file = frontline_built_in_story()
        let text = String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
        return try Story(yaml: text, file: String(cString: file.name))
    }

    /// Reads a file.
    ///
    /// - Throws: ``HistoryError`` that names the file and what is wrong in it.
    package init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw HistoryError("\(path): the story cannot be read")
        }
        guard data.count <= Self.maximumBytes, let text = String(validating: data, as: UTF8.self) else {
            throw HistoryError("\(path): expected a text of at most \(Self.maximumBytes) bytes")
        }
        try self.init(yaml: text, file: path)
    }

    /// Reads a text; `file` names it in errors.
    package init(yaml: String, file: String) throws {
        do {
            guard let root = try YAMLSource(yaml, limits: .init(bytes: Self.maximumBytes)).root() else {
                throw HistoryError("expected a mapping")
            }
            try StoryKeys.check(root)
            self = try YAMLDecoder().decode(Story.self, from: root)
            try check()
        } catch let error as HistoryError {
            throw HistoryError("\(file): \(error.message)")
        } catch let error as YAMLProblem {
            let place = error.line > 0 ? "line \(error.line): " : ""
            throw HistoryError("\(file): \(place)\(error.message(key: "member"))")
        } catch let error as DecodingError {
            throw HistoryError("\(file): \(Self.sentence(error))")
        } catch {
            throw HistoryError("\(file): \(error)")
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }

    /// Checks what the parts of a story say of each other, and that every draw has something to draw from.
    private func check() throws {
        try Self.expect((1...10_000_000).contains(contacts), "contacts: expected 1 to 10000000")
        try Self.expect((0...1).contains(german), "german: expected a share from 0 to 1")
        try Self.expect((0...1).contains(transfers), "transfers: expected a share from 0 to 1")
        try Self.expect((0.01...10).contains(people), "people: expected 0.01 to 10")
        try Self.expect(months.count == 12 && hours.count == 24, "months and hours: expected 12 and 24 numbers")
        try Self.expect(weekdays.names.count == 7, "weekdays: expected the seven days from mon to sun")
        for (name, shares) in [("channels", channels), ("segments", segments), ("countries", countries)] {
            try Self.check(shares.weights, "\(name)")
        }
        for (name, weights) in [("months", months), ("hours", hours), ("weekdays", weekdays.weights)] {
            try Self.check(weights, name)
        }
        try Self.check(moods, "moods", count: Mood.allCases.count)
        for (name, texts) in [
            ("first_names", firstNames), ("last_names", lastNames), ("products", products), ("comments", comments),
            ("gaps", gaps), ("replies", replies), ("approvals", approvals), ("rejections", rejections),
            ("leaving", leaving), ("transfer_reasons", transferReasons),
        ] { try Self.expect(!texts.isEmpty, "\(name): expected at least one") }
        try Self.expect((1...100).contains(teams.count), "teams: expected 1 to 100")
        try Self.expect((1...200).contains(topics.count), "topics: expected 1 to 200")
        for (name, topic) in topics.sorted(by: { $0.key < $1.key }) { try check(topic, "topics.\(name)") }
        for locale in Set(topics.values.flatMap(\.says.keys)).union(["en"]) {
            for occasion in Occasion.allCases {
                let texts = says[locale]?[occasion.rawValue] ?? []
                try Self.expect(!texts.isEmpty, "says.\(locale).\(occasion.rawValue): expected at least one text")
            }
        }
        for incident in incidents { try check(incident) }
        for release in releases { try check(release) }
        for (name, shares) in choices { try Self.check(shares.weights, "choices.\(name)") }
        for (name, outcomes) in outcomes {
            try Self.expect(!outcomes.isEmpty, "outcomes.\(name): expected at least one")
        }
        for (name, range) in steps {
            try Self.expect(
                range.count == 2 && range[0] <= range[1],
                "steps.\(name): expected the least and the largest"
            )
        }
    }

    private func check(_ topic: Topic, _ place: String) throws {
        try Self.expect(topic.share >= 0 && topic.share.isFinite, "\(place).share: expected a number of 0 or more")
        try Self.expect((20...7_200).contains(topic.seconds), "\(place).seconds: expected 20 to 7200")
        try Self.expect((0...1).contains(topic.resolved), "\(place).resolved: expected a share from 0 to 1")
        let team = teams.first { $0.name == topic.team }
        try Self.expect((team?.agents ?? 0) > 0, "\(place).team: there is no team “\(topic.team)” with agents")
        try Self.expect(topic.says["en"] != nil, "\(place).says: expected texts in English")
        try Self.expect(!topic.search.isEmpty, "\(place).search: expected at least one search")
        if let work = topic.work {
            try Self.expect(outcomes[work.kind] != nil, "\(place).work.kind: there are no outcomes of “\(work.kind)”")
        }
        if let request = topic.request {
            try Self.expect(!request.amounts.isEmpty, "\(place).request.amounts: expected at least one amount")
        }
        for (locale, texts) in topic.says {
            for kind in Mood.allCases.map(\.rawValue) + ["detail"] {
                try Self.expect(
                    texts[kind]?.isEmpty == false,
                    "\(place).says.\(locale).\(kind): expected at least one text"
                )
            }
            try Self.expect(
                topic.answers[locale]?.isEmpty == false,
                "\(place).answers.\(locale): expected at least one text"
            )
        }
    }

    private func check(_ incident: Incident) throws {
        let place = "incidents: \(incident.name)"
        try Self.expect(topics[incident.topic] != nil, "\(place): there is no topic “\(incident.topic)”")
        try Self.expect((1...60).contains(incident.days), "\(place): expected 1 to 60 days")
        try Self.expect((0...20).contains(incident.factor), "\(place): expected a factor from 0 to 20")
        try Self.check(incident.moods, place, count: Mood.allCases.count)
        try Self.expect(Self.isDay(incident.from), "\(place): expected a day such as 03-09")
        try Self.expect(incident.says["en"]?.isEmpty == false, "\(place): expected what customers say in English")
    }

    private func check(_ release: Release) throws {
        let place = "releases: \(release.on)"
        try Self.expect(Self.isDay(release.on), "\(place): expected a day such as 03-09")
        try Self.expect(
            (release.article == nil) != (release.script == nil),
            "\(place): expected an article or a script"
        )
        try Self.expect(
            release.script == nil || release.replace?.isEmpty == false,
            "\(place): a script needs `replace`"
        )
        if let topic = release.topic {
            try Self.expect(topics[topic] != nil, "\(place): there is no topic “\(topic)”")
        }
    }

    private static func check(_ weights: [Double], _ place: String, count: Int? = nil) throws {
        let isSound = weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 }
        try expect(
            isSound && weights.count == count ?? weights.count,
            "\(place): expected numbers of 0 or more, some of them above 0"
        )
    }

    private static func isDay(_ text: String) -> Bool {
        text.wholeMatch(of: #/(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/#) != nil
    }

    private static func expect(_ isTrue: Bool, _ message: String) throws {
        if !isTrue { throw HistoryError(message) }
    }
}
