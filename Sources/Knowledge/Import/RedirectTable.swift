/// Which other titles lead to an article, as the redirects of a wiki say, in bounded memory.
struct RedirectTable {
    /// Bytes of all titles together, with what each costs.
    static let maximumBytes = 64 << 20
    private static let overhead = 96
    private static let maximumTitle = 500
    /// Titles that are given to one article, and redirects followed from one to the next.
    private static let maximumTitles = 100
    private static let maximumSteps = 4

    private var titles: [String: [String]] = [:]
    private var bytes = 0
    /// Whether a redirect was left out because there are too many.
    private(set) var isFull = false

    /// Takes note of a redirect; one whose title is too long for a phrase is left out.
    mutating func add(title: String, target: String) {
        guard title.utf8.count <= Self.maximumTitle, target.utf8.count <= Self.maximumTitle, !title.isEmpty else {
            return
        }
        let key = Self.key(target)
        guard key != Self.key(title) else { return }
        bytes += title.utf8.count + target.utf8.count + Self.overhead
        guard bytes <= Self.maximumBytes else {
            isFull = true
            return
        }
        titles[key, default: []].append(title)
    }

    /// The titles that lead to the article of this title, also by way of another redirect.
    func titles(leadingTo title: String) -> [String] {
        if titles.isEmpty { return [] }
        var found: [String] = []
        var seen: Set<String> = [Self.key(title)]
        var next = [title]
        for _ in 0..<Self.maximumSteps {
            let direct = next.flatMap { titles[Self.key($0)] ?? [] }.prefix(Self.maximumTitles)
            next = direct.filter { seen.insert(Self.key($0)).inserted }
            if next.isEmpty { break }
            found += next
        }
        return Array(found.prefix(Self.maximumTitles))
    }

    /// A title as wikis compare it: `_` is a space, the first letter's case says nothing, a part of a page is its page.
    private static func key(_ title: String) -> String {
        let bytes = title.utf8.prefix { $0 != UInt8(ascii: "#") }.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
        let page = String(decoding: bytes, as: UTF8.self).collapsed
        guard let first = page.first, first.isLowercase else { return page }
        return first.uppercased() + page.dropFirst()
    }
}
