/// What of an e-mail was not written for it: quoted letters and signatures.
///
/// Which phrases begin them is data (`email` in the file of signals). The marks of quoted lines (`>`) and of signatures
/// (`--`) are those of RFC 3676. What is cut off is kept in the transcript; it is neither scored nor read for signals.
package struct EmailForms: Sendable, Hashable {
    /// A line of text in which `*` stands for anything.
    struct Line: Sendable, Hashable {
        private let parts: [String]

        init(_ text: String) {
            parts = Self.folded(text).split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        }

        /// Whether a whole line, folded, has this form.
        func fits(_ line: String) -> Bool {
            guard let first = parts.first, let last = parts.last, line.hasPrefix(first) else { return false }
            guard parts.count > 1 else { return line == first }
            var rest = line.dropFirst(first.count)
            for part in parts.dropFirst().dropLast() where !part.isEmpty {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return rest.count >= last.count && rest.hasSuffix(last)
        }

        /// Lower case, with single spaces.
        static func folded(_ text: some StringProtocol) -> String {
            text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// The lines that begin a header of a quoted letter, such as `From:` and after it `Sent:`.
    struct Header: Sendable, Hashable {
        let first: String
        let second: String
    }

    /// No channel is one of e-mails.
    package static let none = EmailForms(channels: [], attributions: [], headers: [], signatures: [])

    /// A line that says who wrote what follows may be broken over so many.
    private static let brokenLines = 3
    /// So many lines after the first of a header comes the second at the latest.
    private static let headerLines = 5
    /// A longer line says nothing about a letter.
    private static let longestLine = 400

    let channels: Set<String>
    let attributions: [Line]
    let headers: [Header]
    let signatures: [Line]

    init(channels: Set<String>, attributions: [Line], headers: [Header], signatures: [Line]) {
        self.channels = channels
        self.attributions = attributions
        self.headers = headers
        self.signatures = signatures
    }

    /// What the sender wrote: the text without what is quoted, and without a signature; the whole text of other channels.
    ///
    /// The cost grows with the length of the text alone.
    package func written(in text: String, channel: String) -> String {
        guard channels.contains(channel) else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let folded = lines.map { Line.folded($0.prefix(Self.longestLine)) }
        var written: [Substring] = []
        var index = 0
        reading: while index < lines.count {
            switch judge(folded, at: index) {
            case .written:
                written.append(lines[index])
                index += 1
            case .quoted(let count): index += count
            case .end: break reading
            }
        }
        let result = written.joined(separator: "\n")
        return result.allSatisfy(\.isWhitespace) ? "" : result
    }

    private enum Judgement {
        case written
        /// So many lines are not the sender's.
        case quoted(Int)
        /// Nothing that follows is the sender's.
        case end
    }

    private func judge(_ lines: [String], at index: Int) -> Judgement {
        let line = lines[index]
        if line.hasPrefix(">") { return .quoted(1) }
        if line == "--" { return .end }
        if signatures.contains(where: { $0.fits(line) }) { return .quoted(1) }
        if isHeader(lines, at: index) { return .end }
        guard let count = attribution(lines, at: index) else { return .written }
        let next = lines[(index + count)...].first { !$0.isEmpty }
        // Where the quoted lines are marked, the sender may go on below them.
        return next?.hasPrefix(">") ?? false ? .quoted(count) : .end
    }

    private func isHeader(_ lines: [String], at index: Int) -> Bool {
        headers.contains { header in
            lines[index].hasPrefix(header.first)
                && lines[(index + 1)...].prefix(Self.headerLines).contains { $0.hasPrefix(header.second) }
        }
    }

    /// How many lines from here on say who wrote what follows; nil when they do not.
    private func attribution(_ lines: [String], at index: Int) -> Int? {
        (1...Self.brokenLines).first { count in
            guard index + count <= lines.count, !lines[index].isEmpty else { return false }
            let joined = lines[index..<(index + count)].joined(separator: " ")
            return attributions.contains { $0.fits(joined) }
        }
    }
}
