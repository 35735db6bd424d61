import Foundation
import FrontlineClient
import FrontlineProtocol
import Vocabulary

/// Prints items of work: a line for people, or a line of JSON for programs.
struct WorkPrinter: Sendable {
    let isJSON: Bool

    /// Prints an item.
    func show(_ item: WorkMessage) throws {
        guard !isJSON else { return try Console.printJSON(item) }
        Console.print(Self.line(item))
    }

    /// Prints an item with its history.
    func show(_ item: WorkGet.Result) throws {
        guard !isJSON else { return try Console.printJSON(item) }
        Console.print(Self.line(item.record))
        for reason in item.because { Console.print("    " + Console.dim(reason)) }
        for entry in item.history { Console.print("    " + Self.line(entry)) }
    }

    /// Prints what became of an item, or of several.
    ///
    /// - Returns: how many have failed.
    func show(_ answers: WorkAnswers) throws -> Int {
        switch answers {
        case .item(let item):
            try show(item)
            return 0
        case .several(let results):
            for result in results {
                if isJSON {
                    try Console.printJSON(result)
                } else if let item = result.item {
                    Console.print(Self.line(item))
                } else {
                    Console.error("\(result.workId): \(result.error?.message ?? "nothing was done")")
                }
            }
            return results.count { $0.error != nil }
        }
    }

    /// Prints an event of the feed.
    func show(_ event: WorkEventNotification.Params) {
        guard !isJSON else {
            // What the server has sent can be written again.
            guard let item = try? JSONEncoding.encode(event.item), let entry = try? JSONEncoding.encode(event.entry)
            else { return }
            let line: JSON = [
                "cursor": .string("\(event.cursor)"), "event": .string(event.event.rawValue), "entry": entry,
                "item": item,
            ]
            return Console.print(line.text)
        }
        Console.print(Self.line(event.entry) + "  " + Self.line(event.item))
    }

    private static func line(_ item: WorkMessage) -> String {
        let state = item.breached && item.state.isLive ? "\(item.state.rawValue), late" : item.state.rawValue
        let due = [item.due.response, item.due.done].compactMap(\.self).min()
        let places = [
            item.workId, item.kind, item.priority == .normal ? nil : item.priority.rawValue,
            item.team.map { "team \($0)" }, item.owner.map { "owner \($0)" },
            item.lateIn.map { "late in \(time($0))" } ?? (item.state.isLive ? due.map { "due \($0)" } : nil),
            item.outcome.map { $0.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") },
        ].compactMap(\.self)
        return Console.bold(state) + "  " + item.title + "  " + Console.dim("[\(places.joined(separator: ", "))]")
    }

    private static func line(_ entry: WorkHistoryEntry) -> String {
        let parts = [
            entry.clock.map { "clock \($0.rawValue)" }, entry.actor.map { "by \($0)" },
            entry.until.map { "until \($0)" },
            entry.text,
        ].compactMap(\.self)
        return Console.dim("\(entry.at)") + " " + entry.event.rawValue
            + (parts.isEmpty ? "" : " " + parts.joined(separator: ", "))
    }

    /// Seconds in hours and minutes.
    private static func time(_ seconds: Int) -> String {
        let minutes = (seconds + 59) / 60
        return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
    }
}

extension TailedFeed {
    /// The feed of work that passes a filter.
    static func work(_ wanted: WorkSubscribe.Params, _ printer: WorkPrinter) -> TailedFeed {
        TailedFeed(
            subscribe: { client, after, isFiltered in
                var params = isFiltered ? wanted : WorkSubscribe.Params()
                params.after = after
                let answer = try await client.call(WorkSubscribe.self, params)
                return .init(id: answer.subscriptionId, cursor: answer.cursor, lostAfter: answer.lostAfter)
            },
            unsubscribe: { _ = try await $0.call(WorkUnsubscribe.self, .init(subscriptionId: $1)) },
            mark: nil,
            news: { notification in
                if let event = try notification.params(of: WorkEventNotification.self) {
                    return .event(event.cursor.position, show: { printer.show(event) })
                }
                if let beat = try notification.params(of: WorkHeartbeat.self) { return .alive(beat.cursor.position) }
                return notification.method == WorkLagging.name ? .ended : nil
            }
        )
    }
}
