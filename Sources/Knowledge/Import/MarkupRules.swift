import LibXML

/// What becomes of the elements of a dialect in the markup of a section.
package struct MarkupRules: Equatable, Sendable {
    /// What becomes of one element.
    package enum Action: Equatable, Sendable {
        /// Written as this element of the subset.
        case tag(MarkupTag)
        /// Its content stands for itself within the line.
        case text
        /// As ``text``, with a space between the elements inside: menus and keys that stand without one.
        case spaced
        /// Its content stands for itself as a block of its own.
        case block
        /// Left out with its content, as it is no content.
        case drop
        /// Of the elements inside only the last is written: what a link is called stands behind what it leads to.
        case last
        /// The value of its attribute of this name, whatever the namespace, stands for it.
        case attribute(String)
    }

    /// What becomes of an element that has a certain value in an attribute, whatever the attribute's namespace.
    package struct Condition: Equatable, Sendable {
        package var element: String
        package var attribute: String
        package var value: String
        package var action: Action
    }

    /// By local name, by `parent/name` or by `grandparent/parent/name`; the longest goes first.
    private var actions: [String: Action]
    /// By the local name of the element.
    private let conditions: [String: [Condition]]
    private let hasParents: Bool
    private let hasGrandparents: Bool
    /// The attribute that names the base classes of a specialised element, as DITA's `class` does.
    private var classAttribute: String?

    /// - Parameters:
    ///   - actions: By local name, `parent/name` or `grandparent/parent/name`; the elements of the subset are known without being named.
    ///   - conditions: What goes before `actions` for elements with certain attributes.
    ///   - classAttribute: An attribute such as `- topic/li task/step `, whose last parts stand for names that
    ///     `actions` does not know, the most special first.
    package init(
        actions: [String: Action] = [:],
        conditions: [Condition] = [],
        classAttribute: String? = nil
    ) {
        var all: [String: Action] = [:]
        for tag in MarkupTag.allCases { all[tag.rawValue] = .tag(tag) }
        all.merge(actions) { $1 }
        self.actions = all
        self.conditions = Dictionary(grouping: conditions, by: \.element)
        self.hasParents = actions.keys.contains { $0.contains("/") }
        self.hasGrandparents = actions.keys.contains { $0.split(separator: "/").count == 3 }
        self.classAttribute = classAttribute
    }

    /// The same rules with another attribute of classes.
    func withClasses(_ attribute: String?) -> MarkupRules {
        var copy = self
        copy.classAttribute = attribute
        return copy
    }

    /// The native format: the subset itself.
    package static let native = MarkupRules()

    /// HTML as other products write it: presentational twins of the subset's elements are no loss.
    package static let html = MarkupRules(actions: [
        "b": .tag(.strong), "i": .tag(.em), "tt": .tag(.code), "kbd": .tag(.code), "samp": .tag(.code),
        "h1": .tag(.h2), "h5": .tag(.h4), "h6": .tag(.h4), "body": .block, "html": .block, "tfoot": .tag(.tbody),
        "head": .drop, "hr": .block,
    ])

    /// What becomes of the element; `nil` when it is unknown, reduced to its text and counted.
    func action(for element: XMLElement) -> Action? {
        let name = element.name
        for condition in conditions[name] ?? []
        where element.attribute(ofAnyNamespace: condition.attribute) == condition.value {
            return condition.action
        }
        if let action = action(name, in: element) ?? action(name.lowercased(), in: element) { return action }
        guard let classAttribute, let classes = element.attribute(classAttribute) else { return nil }
        for part in classes.split(separator: " ").reversed() {
            guard let slash = part.lastIndex(of: "/") else { continue }
            if let action = action(String(part[part.index(after: slash)...]), in: element) { return action }
        }
        return nil
    }

    private func action(_ name: String, in element: XMLElement) -> Action? {
        guard hasParents, let parent = element.parent else { return actions[name] }
        let near = "\(parent.name)/\(name)"
        if hasGrandparents, let grandparent = parent.parent, let action = actions["\(grandparent.name)/\(near)"] {
            return action
        }
        return actions[near] ?? actions[name]
    }

    /// Elements whose content is never text for a reader, in any dialect.
    static let code: Set<String> = ["script", "style", "template", "noscript", "iframe", "object", "embed", "applet"]

    /// Unknown elements that are blocks wherever they are known.
    static let blocks: Set<String> = [
        "div", "section", "article", "header", "footer", "main", "aside", "nav", "figure", "figcaption", "details",
        "summary", "address", "center", "form", "fieldset", "caption", "note", "example", "title",
    ]
}
