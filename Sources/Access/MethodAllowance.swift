/// The methods that a token is declared for; its roles bound them further.
package struct MethodAllowance: Sendable, Hashable {
    /// Stands for every method.
    package static let everything = "*"

    /// Names of methods such as `conversation.observe`, `conversation.*` for all of a noun, or ``everything``; sorted.
    package let entries: [String]
    private let set: Set<String>

    /// Makes an allowance of some entries; one that is given twice counts once.
    package init(_ entries: some Sequence<String>) {
        set = Set(entries)
        self.entries = set.sorted()
    }

    /// Whether a method is among them.
    package func includes(_ method: String) -> Bool {
        set.contains(method) || set.contains(Self.everything)
            || method.firstIndex(of: ".").map { set.contains("\(method[...$0])\(Self.everything)") } ?? false
    }

    /// Whether an entry stands for a method.
    package static func entry(_ entry: String, covers method: String) -> Bool {
        MethodAllowance([entry]).includes(method)
    }
}
