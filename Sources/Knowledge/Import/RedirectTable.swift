/// The titles that redirect to each article of a wiki, in bounded memory.
struct RedirectTable {
    /// The limit on the size of all titles, including the overhead of each, in bytes.
    static let maximumBytes = 64 << 20
    private static let overhead = 96
    private static let maximumTitle = 500
    /// The largest number of titles for one article, and of redirects followed in a chain.
    private static let maximumTitles = 100
    private static let maximumSteps = 4

    private var titles: [String: [String]] = [:]
    private var bytes = 0
    /// Whether a redirect was left out because of ``maximumBytes``.
    private(set) var isFull = false

    /// Adds a redirect, unless its title is too long for a phrase.
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

    /// The titles that redirect to the article with this title, directly or through other redirects.
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

    /// A title as wikis compare it: `_` is a space, the case of the first letter is ignored, and an anchor is dropped.
    private static func key(_ title: String) -> String {
        let bytes = title.utf8.prefix { $0 != UInt8(ascii: "#") }.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
        let page = String(decoding: bytes, as: UTF8.self).collapsed
        guard let first = page.first, first.isLowercase else { return page }
        return first.uppercased() + page.dropFirst()
    }
}
