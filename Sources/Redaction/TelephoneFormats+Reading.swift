import BuiltInData
import StrictYAML
import Yams

/// A mistake in a file of telephone formats.
package struct TelephoneFormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what is expected.
    package let message: String
    /// The file.
    package let file: String
    /// The line from 1; 0 if it is unknown.
    package let line: Int

    /// `file:line: message`.
    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// Reads `rules/telephones.yaml`: formats by country.
///
/// ```yaml
/// DE:
///   - {starts: ["015", "016", "017"], digits: 11-12}              # in one piece or in groups
///   - {starts: ["02-09"], digits: 9-12, written: apart}           # the area code stands apart
/// US:
///   - {starts: ["2-9"], written: [3-3-4]}                         # these groups alone
/// ```
extension TelephoneFormats {
    /// The formats linked into the program.
    package static let builtIn: TelephoneFormats = {
        let file = frontline_built_in_telephones()
        let text = String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
        do {
            return try TelephoneFormats(yaml: text, file: String(cString: file.name))
        } catch {
            preconditionFailure("the telephone formats linked into the program are invalid: \(error)")
        }
    }()

    private static let limits = YAMLSource.Limits(bytes: 1 << 20)

    /// Reads the formats of a file.
    ///
    /// - Throws: ``TelephoneFormatError`` with the line of the first mistake.
    package init(yaml text: String, file: String) throws(TelephoneFormatError) {
        let root: Node?
        do {
            root = try YAMLSource(text, limits: Self.limits).root()
        } catch {
            throw TelephoneFormatError(message: error.message(), file: file, line: error.line)
        }
        guard let countries = root?.mapping else {
            throw TelephoneFormatError(message: "expected countries with their formats", file: file, line: 0)
        }
        var formats: [TelephoneFormat] = []
        for (country, list) in countries {
            let place = Place(file: file, node: country)
            guard let name = country.string, name.utf8.count == 2, name.allSatisfy(\.isUppercase) else {
                throw place.error("expected a country of two capital letters")
            }
            guard let list = list.sequence else { throw place.error("expected a list of formats") }
            for node in list { try formats += Self.read(node, Place(file: file, node: node)) }
        }
        self.init(formats)
    }

    /// A place in the file.
    private struct Place {
        let file: String
        let node: Node

        func error(_ message: String) -> TelephoneFormatError {
            TelephoneFormatError(message: message, file: file, line: node.mark?.line ?? 0)
        }
    }

    private static func read(_ node: Node, _ place: Place) throws(TelephoneFormatError) -> [TelephoneFormat] {
        guard let members = node.mapping else { throw place.error("expected starts, digits and written") }
        for (key, _) in members where !["starts", "digits", "written"].contains(key.string ?? "") {
            throw Place(file: place.file, node: key)
                .error("unknown “\(key.string ?? "")”; expected starts, digits and written")
        }
        let starts = try starts(members["starts"], place)
        guard let written = members["written"] else {
            return [TelephoneFormat(starts: starts, digits: try digits(members["digits"], place))]
        }
        if written.string == "apart" {
            return [TelephoneFormat(starts: starts, digits: try digits(members["digits"], place), writing: .apart)]
        }
        var formats: [TelephoneFormat] = []
        for node in written.sequence ?? [written] {
            let parts = (node.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
            let groups = parts.compactMap { Int($0) }
            let total = groups.reduce(0, +)
            guard groups.count == parts.count, groups.count > 1, groups.allSatisfy({ (1...9).contains($0) }),
                range.contains(total)
            else { throw place.error("expected groups such as 3-3-4, or “apart”") }
            formats.append(TelephoneFormat(starts: starts, digits: total...total, writing: .groups(groups)))
        }
        return formats
    }

    /// The allowed number of digits in a national number.
    private static let range = 7...17

    /// Reads the prefixes; `02-09` means all from the first to the last.
    private static func starts(_ node: Node?, _ place: Place) throws(TelephoneFormatError) -> [String] {
        guard let node else { throw place.error("starts is missing: the digits with which numbers begin") }
        var starts: [String] = []
        for item in node.sequence ?? [node] {
            let parts = (item.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
            let isSound = parts.allSatisfy {
                (1...6).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
            guard isSound, (1...2).contains(parts.count), let first = parts.first, let last = parts.last,
                first.utf8.count == last.utf8.count, let low = Int(first), let high = Int(last), low <= high,
                high - low < 1_000
            else { throw place.error("starts: expected one to six digits such as 017, or 02-09 for several") }
            for value in low...high {
                let text = String(value)
                starts.append(String(repeating: "0", count: first.utf8.count - text.utf8.count) + text)
            }
        }
        return starts
    }

    private static func digits(_ node: Node?, _ place: Place) throws(TelephoneFormatError) -> ClosedRange<Int> {
        let parts = (node?.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
        let bounds = parts.compactMap { Int($0) }
        guard bounds.count == parts.count, let low = bounds.first, let high = bounds.last, bounds.count <= 2,
            low <= high, range.contains(low), range.contains(high)
        else { throw place.error("digits: expected how many there are in all, such as 10 or 9-12") }
        return low...high
    }
}
