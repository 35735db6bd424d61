import StrictYAML
import Yams

extension BusinessCalendar {
    private static let limits = YAMLSource.Limits(bytes: 1 << 18)

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
        do throws(YAMLProblem) {
            if let node = try YAMLSource(yaml, limits: limits).root() { return node }
            findings.error("the file is empty, expected a calendar", line: 0, column: 0)
        } catch {
            let message =
                switch error.kind {
                case .tooLong: "a calendar is at most \(limits.bytes >> 10) KiB long"
                case .other: "this is not YAML"
                case .syntax, .character, .duplicate, .limit: error.duplicates ?? error.message()
                }
            findings.error(message, line: error.line, column: error.column)
        }
        return nil
    }
}
