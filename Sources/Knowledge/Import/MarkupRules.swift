import LibXML

/// How the elements of a dialect are translated into the markup of a section.
package struct MarkupRules: Equatable, Sendable {
    /// How an element is translated.
    package enum Action: Equatable, Sendable {
        /// Written as this element of the subset.
        case tag(MarkupTag)
        /// Replaced with its content, inline.
        case text
        /// Like ``text``, but with a space between child elements, for menus and keys written without spaces.
        case spaced
        /// Replaced with its content, as a separate block.
        case block
        /// Left out together with its content.
        case drop
        /// Only the last child element is written: a link's text comes after its target.
        case last
        /// Replaced with the value of its attribute of this name in any namespace.
        case attribute(String)
    }

    /// How an element with a certain attribute value is translated; the attribute may be in any namespace.
    package struct Condition: Equatable, Sendable {
        package var element: String
        package var attribute: String
        package var value: String
        package var action: Action
    }

    /// By local name, by `parent/name` or by `grandparent/parent/name`; the longest match wins.
    private var actions: [String: Action]
    /// By the local name of the element.
    private let conditions: [String: [Condition]]
    private let hasParents: Bool
    private let hasGrandparents: Bool
    /// The attribute that names the base classes of a specialised element, like DITA's `class`.
    private var classAttribute: String?

    /// - Parameters:
    ///   - actions: By local name, `parent/name` or `grandparent/parent/name`; elements of the subset need not be
    ///     listed.
    ///   - conditions: Actions for elements with certain attributes, which take precedence over `actions`.
    ///   - classAttribute: An attribute such as `- topic/li task/step `, whose parts are tried from the most specific
    ///     for names missing from `actions`.
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

    /// The same rules with another attribute for base classes.
    func withClasses(_ attribute: String?) -> MarkupRules {
        var copy = self
        copy.classAttribute = attribute
        return copy
    }

    /// The rules of the native format, which is the subset itself.
    package static let native = MarkupRules()

    /// The rules for HTML of other products; presentational equivalents of the subset's elements do not count as
    /// reduced.
    package static let html = MarkupRules(actions: [
        "b": .tag(.strong), "i": .tag(.em), "tt": .tag(.code), "kbd": .tag(.code), "samp": .tag(.code),
        "h1": .tag(.h2), "h5": .tag(.h4), "h6": .tag(.h4), "body": .block, "html": .block, "tfoot": .tag(.tbody),
        "head": .drop, "hr": .block,
    ])

    /// The action for an element; `nil` if it is unknown and therefore reduced to its text and counted.
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

    /// Elements whose content is not text for readers in any dialect.
    static let code: Set<String> = ["script", "style", "template", "noscript", "iframe", "object", "embed", "applet"]

    /// Elements outside the subset that are blocks in the dialects that define them.
    static let blocks: Set<String> = [
        "div", "section", "article", "header", "footer", "main", "aside", "nav", "figure", "figcaption", "details",
        "summary", "address", "center", "form", "fieldset", "caption", "note", "example", "title",
    ]
}
