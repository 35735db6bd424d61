import Vocabulary
import Yams

/// Reads the parts of a calendar and puts them together.
struct CalendarReader {
    private static let maximumTeams = 200
    private static let maximumHolidays = 2_000
    private static let maximumPeriods = 500
    private static let factors = 0.01...100.0

    let findings: CalendarFindings

    /// A team's deviations from the company.
    private struct Team {
        let node: Node
        var zone: TimeZoneOffsets?
        var week: [[WallHours.Span]]?
    }

    /// A date with other hours than usual.
    private struct Holiday {
        let node: Node
        let day: Int64
        let spans: [WallHours.Span]
        /// Empty for all teams.
        let teams: Set<String>
    }

    func calendar(_ root: Node) -> BusinessCalendar? {
        let known = ["time_zone", "hours", "teams", "holidays", "freezes", "peaks"]
        guard
            let members = findings.members(
                root,
                of: "the calendar",
                known: known,
                required: ["time_zone", "hours"]
            )
        else { return nil }
        let zone = members["time_zone"].flatMap(zone)
        let week = members["hours"].flatMap { HoursReader(findings: findings).week($0, of: "“hours”") }
        let teams = members["teams"].map(teams) ?? [:]
        let holidays = holidays(members["holidays"])
        guard let zone, let week else { return nil }
        let freezes = freezes(members["freezes"], zone)
        let peaks = peaks(members["peaks"], zone)
        let named = holidays.reduce(into: Set(teams.keys)) { $0.formUnion($1.teams) }
        guard findings.all.isEmpty else { return nil }
        var hoursByTeam: [String: BusinessHours] = [:]
        for name in named.sorted() {
            let team = teams[name]
            let wall = wall(team?.week ?? week, holidays, team: name)
            hoursByTeam[name] = BusinessHours(wall, in: team?.zone ?? zone)
        }
        let company = BusinessHours(wall(week, holidays, team: nil), in: zone)
        return BusinessCalendar(company: company, teams: hoursByTeam, freezes: freezes, peaks: peaks)
    }

    private func zone(_ node: Node) -> TimeZoneOffsets? {
        guard let name = findings.text(node, of: "“time_zone”", expected: "a name such as Europe/Dublin") else {
            return nil
        }
        guard let zone = TimeZoneOffsets.zone(name) else {
            let name = CalendarFindings.short(name)
            findings.error("there is no time zone “\(name)”, expected a name such as Europe/Dublin or UTC", at: node)
            return nil
        }
        return zone
    }

    private func teams(_ node: Node) -> [String: Team] {
        guard let entries = findings.entries(node, of: "“teams”", limit: Self.maximumTeams) else { return [:] }
        var teams: [String: Team] = [:]
        for entry in entries {
            let what = "the team “\(CalendarFindings.short(entry.name))”"
            guard let members = findings.members(entry.value, of: what, known: ["time_zone", "hours"]) else { continue }
            if members.isEmpty { findings.error("\(what) has neither “time_zone” nor “hours”", at: entry.key) }
            teams[entry.name] = Team(
                node: entry.key,
                zone: members["time_zone"].flatMap(zone),
                week: members["hours"].flatMap { HoursReader(findings: findings).week($0, of: "“hours” of \(what)") }
            )
        }
        return teams
    }

    // MARK: Holidays

    private func holidays(_ node: Node?) -> [Holiday] {
        let nodes = findings.elements(node, of: "“holidays”", limit: Self.maximumHolidays)
        let holidays = nodes.compactMap(holiday)
        // For each date and team one entry counts; two of them would contradict each other.
        var seen: Set<[String]> = []
        for holiday in holidays {
            for team in holiday.teams.isEmpty ? [""] : holiday.teams.sorted()
            where !seen.insert(["\(holiday.day)", team]).inserted {
                let whom = team.isEmpty ? "" : " for the team “\(team)”"
                findings.error("this date occurs twice among the holidays\(whom), expected once", at: holiday.node)
            }
        }
        return holidays
    }

    private func holiday(_ node: Node) -> Holiday? {
        let what = "a holiday"
        guard
            let members = findings.members(
                node,
                of: what,
                known: ["date", "name", "teams", "hours"],
                required: ["date", "name"]
            ), let date = members["date"], findings.text(members["name"], of: "“name”") != nil
        else { return nil }
        let teams = teamNames(members["teams"])
        let spans = members["hours"].flatMap { HoursReader(findings: findings).day($0, of: "“hours” of a holiday") }
        guard let time = LocalTime(date.scalar?.string ?? ""), time.isDate else {
            findings.error("“date” is \(CalendarFindings.kind(date)), expected a date such as 2026-12-25", at: date)
            return nil
        }
        return Holiday(node: node, day: WallHours.number(ofDay: time.microseconds), spans: spans ?? [], teams: teams)
    }

    private func teamNames(_ node: Node?) -> Set<String> {
        let nodes = findings.elements(node, of: "“teams”", limit: Self.maximumTeams)
        if let node, node.sequence?.isEmpty == true { findings.error("“teams” is empty, expected teams", at: node) }
        return Set(nodes.compactMap { findings.text($0, of: "a team") })
    }

    /// The hours of a team, with the holidays that concern it; one that names the team counts before one for all.
    private func wall(_ week: [[WallHours.Span]], _ holidays: [Holiday], team: String?) -> WallHours {
        var chosen: [Int64: Holiday] = [:]
        for holiday in holidays {
            if holiday.teams.isEmpty {
                if chosen[holiday.day] == nil { chosen[holiday.day] = holiday }
            } else if let team, holiday.teams.contains(team) {
                chosen[holiday.day] = holiday
            }
        }
        let wall = WallHours(week: week, special: chosen.mapValues(\.spans))
        let whom = team.map { "the team “\(CalendarFindings.short($0))”" } ?? "the company"
        for (day, holiday) in chosen.sorted(by: { $0.key < $1.key }) {
            for first in [day - 1, day] where Self.overlap(wall.spans(on: first), wall.spans(on: first + 1)) {
                let which = first == day ? "after" : "before"
                findings.error(
                    "the hours of this date overlap those of \(whom) on the day \(which) it",
                    at: holiday.node
                )
            }
        }
        return wall
    }

    /// Whether the last span of a day extends into the first of the next.
    static func overlap(_ day: [WallHours.Span], _ next: [WallHours.Span]) -> Bool {
        guard let end = day.last?.end, let start = next.first?.start else { return false }
        return end - WallHours.day > start
    }

    // MARK: Freezes and peaks

    private func freezes(_ node: Node?, _ zone: TimeZoneOffsets) -> [Freeze] {
        findings.elements(node, of: "“freezes”", limit: Self.maximumPeriods).compactMap { node in
            let known = ["from", "to", "what", "reason"]
            guard let members = findings.members(node, of: "a freeze", known: known, required: known),
                let reason = findings.text(members["reason"], of: "“reason”"), let list = members["what"],
                let period = period(members, zone)
            else { return nil }
            let names = Freeze.Release.allCases.map(\.rawValue).joined(separator: ", ")
            let what = findings.elements(list, of: "“what”", limit: 10).compactMap { node -> Freeze.Release? in
                let release = node.scalar.flatMap { Freeze.Release(rawValue: $0.string) }
                if release == nil {
                    findings.error("“what” has \(CalendarFindings.kind(node)), expected \(names)", at: node)
                }
                return release
            }
            if list.sequence?.isEmpty == true { findings.error("“what” is empty, expected \(names)", at: list) }
            return Freeze(from: period.from, to: period.to, what: Set(what), reason: reason)
        }
    }

    private func peaks(_ node: Node?, _ zone: TimeZoneOffsets) -> [Peak] {
        findings.elements(node, of: "“peaks”", limit: Self.maximumPeriods).compactMap { node in
            guard
                let members = findings.members(
                    node,
                    of: "a peak",
                    known: ["from", "to", "factor", "name", "teams"],
                    required: ["from", "to", "factor"]
                ), let factor = members["factor"], let period = period(members, zone)
            else { return nil }
            _ = findings.text(members["name"], of: "“name”")
            guard let value = factor.scalar.flatMap({ Double($0.string) }), Self.factors.contains(value) else {
                let range = "\(Self.factors.lowerBound) to \(Int(Self.factors.upperBound))"
                findings.error(
                    "“factor” is \(CalendarFindings.kind(factor)), expected a number of \(range)",
                    at: factor
                )
                return nil
            }
            return Peak(from: period.from, to: period.to, factor: value, teams: teamNames(members["teams"]))
        }
    }

    /// A period from the first moment of its start to the last one of its end.
    private func period(_ members: [String: Node], _ zone: TimeZoneOffsets) -> (from: Timestamp, to: Timestamp)? {
        guard let from = time(members["from"], "from"), let to = time(members["to"], "to") else { return nil }
        let start = zone.moments(ofLocal: from.microseconds).first
        // A date is named as a whole, also as the last one of a period.
        let end = zone.moments(ofLocal: to.microseconds + (to.isDate ? WallHours.day : 0)).last
        guard start < end else {
            findings.error("“to” is not after “from”", at: members["to"])
            return nil
        }
        return (Timestamp(microseconds: start), Timestamp(microseconds: end))
    }

    private func time(_ node: Node?, _ name: String) -> LocalTime? {
        guard let node else { return nil }
        let time = LocalTime(node.scalar?.string ?? "")
        if time == nil {
            let expected = "a date such as 2026-12-24 or a time such as 2026-12-24 18:00"
            findings.error("“\(name)” is \(CalendarFindings.kind(node)), expected \(expected)", at: node)
        }
        return time
    }
}
