import Yams

extension BusinessCalendar {
    private static let maximumBytes = 1 << 18

    /// Reads a calendar.
    ///
    /// - Parameters:
    ///   - yaml: the file's text, at most 256 KiB.
    ///   - file: the file's name in errors.
    /// - Throws: ``CalendarError`` `invalid` with every mistake and its place.
    package init(yaml: String, file: String) throws(CalendarError) {
        let findings = CalendarFindings(file: file)
        let calendar = Self.root(yaml, findings).flatMap { CalendarReader(findings: findings).calendar($0) }
        guard let calendar, findings.all.isEmpty else {
            throw CalendarError(findings: findings.all.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
        self = calendar
    }

    private static func root(_ yaml: String, _ findings: CalendarFindings) -> Node? {
        guard yaml.utf8.count <= maximumBytes else {
            findings.error("a calendar is at most \(maximumBytes >> 10) KiB long", at: nil as Mark?)
            return nil
        }
        do {
            if let node = try Yams.compose(yaml: yaml) { return node }
            findings.error("the file is empty, expected a calendar", at: nil as Mark?)
        } catch let error as YamlError {
            report(error, findings)
        } catch {
            findings.error("this is not YAML: \(error)", at: nil as Mark?)
        }
        return nil
    }

    private static func report(_ error: YamlError, _ findings: CalendarFindings) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            findings.error("this is not YAML: \(problem)", at: mark)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.prefix(5).map { "“\(CalendarFindings.short($0))”" }.joined(separator: ", ")
            findings.error("\(names) occurs twice in one map, expected once", at: context.mark)
        default: findings.error("this is not YAML", at: nil as Mark?)
        }
    }
}
