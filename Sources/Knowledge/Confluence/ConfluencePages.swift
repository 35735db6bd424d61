import LibXML

/// The current pages of a Confluence export and their metadata, collected in a first pass.
///
/// The export is a dump of database objects in any order: a page's body, labels and restrictions are separate objects
/// that refer to the page. Bodies are not kept, so a page takes 100 bytes and its title.
struct ConfluencePages {
    /// A page or blog post.
    struct Page {
        var id: Int64
        var title: String
        var space: Int64?
        var parent: Int64?
        var isBlogPost: Bool
        var line: Int
        var hasBody = false
    }

    /// A page's metadata as its record states it.
    struct Description {
        var id: Int64
        var title: String
        var isBlogPost: Bool
        var spaceKey: String
        var spaceName: String
        /// The titles of the pages above it, from the top.
        var ancestors: [String]
        var labels: [String]
        /// Whether the page, or one above it, is restricted to some people.
        var isRestricted: Bool
    }

    /// The element that represents an object.
    static let object = "object"
    /// The most memory kept for an export, in bytes.
    static let maximumBytes = 256 << 20
    private static let overhead = 200
    private static let maximumTitle = 4096
    private static let maximumAncestors = 32
    private static let maximumLabels = 100

    private var pages: [Int64: Page] = [:]
    private var spaces: [Int64: (key: String, name: String)] = [:]
    private var labels: [Int64: String] = [:]
    private var labellings: [Int64: [Int64]] = [:]
    private var restricted: Set<Int64> = []
    private var bytes = 0
    /// Whether something was left out because ``maximumBytes`` was reached.
    private(set) var isFull = false

    /// Records an object of the export.
    mutating func note(_ object: XMLElement) {
        switch object.attribute("class") {
        case "Page": notePage(object, isBlogPost: false)
        case "BlogPost": notePage(object, isBlogPost: true)
        case "Space": noteSpace(object)
        case "Label": noteLabel(object)
        case "Labelling": noteLabelling(object)
        case "ContentPermissionSet": notePermissions(object)
        default: break
        }
    }

    /// Ends the first pass: drops what belongs to pages that are not current.
    mutating func endSurvey() {
        labellings = labellings.filter { pages[$0.key] != nil }
        restricted = restricted.filter { pages[$0] != nil }
    }

    /// The pages for which no body was read, sorted by id.
    var withoutBody: [Page] { pages.values.filter { !$0.hasBody }.sorted { $0.id < $1.id } }

    /// Marks a page's body as read and returns the page's metadata; `nil` for an unknown page or a second body.
    mutating func describePage(ofBody id: Int64) -> Description? {
        guard let page = pages[id], !page.hasBody else { return nil }
        pages[id]?.hasBody = true
        let space = page.space.flatMap { spaces[$0] }
        let above = ancestors(of: page)
        let names = (labellings[id] ?? []).compactMap { labels[$0] }
        return Description(
            id: id,
            title: page.title,
            isBlogPost: page.isBlogPost,
            spaceKey: space?.key ?? "",
            spaceName: space?.name ?? "",
            ancestors: above.map(\.title).reversed(),
            labels: names,
            isRestricted: restricted.contains(id) || above.contains { restricted.contains($0.id) }
        )
    }

    /// The pages above a page, the nearest first; at most ``maximumAncestors``, which also ends cycles.
    private func ancestors(of page: Page) -> [Page] {
        var result: [Page] = []
        var next = page.parent
        while let id = next, let parent = pages[id], result.count < Self.maximumAncestors {
            result.append(parent)
            next = parent.parent
        }
        return result
    }

    // MARK: Objects

    private mutating func notePage(_ object: XMLElement, isBlogPost: Bool) {
        var page = Page(id: 0, title: "", isBlogPost: isBlogPost, line: object.line)
        for element in object.elements {
            if element.isNamed("id") {
                page.id = element.number ?? 0
                continue
            }
            switch element.attribute("name") {
            case "title": page.title = String(decoding: element.text.utf8.prefix(Self.maximumTitle), as: UTF8.self)
            case "space": page.space = element.reference
            case "parent": page.parent = element.reference
            // Drafts and deleted pages have another status.
            case "contentStatus": if element.text.collapsed != "current" { return }
            // Only an older version refers to its original.
            case "originalVersion": if element.reference != nil { return }
            case "originalVersionId": if element.number != nil { return }
            default: break
            }
        }
        guard page.id != 0, admits(page.title.utf8.count) else { return }
        pages[page.id] = page
    }

    private mutating func noteSpace(_ object: XMLElement) {
        guard let id = object.first("id")?.number else { return }
        let key = object.property("key")?.text.collapsed ?? ""
        let name = object.property("name")?.text.collapsed ?? ""
        guard admits(key.utf8.count + name.utf8.count) else { return }
        spaces[id] = (key, name)
    }

    /// Records a label, except for people's private ones.
    private mutating func noteLabel(_ object: XMLElement) {
        guard let id = object.first("id")?.number, object.property("namespace")?.text.collapsed != "my" else { return }
        let name = object.property("name")?.text.collapsed ?? ""
        guard !name.isEmpty, admits(name.utf8.count) else { return }
        labels[id] = name
    }

    private mutating func noteLabelling(_ object: XMLElement) {
        guard let label = object.property("label")?.reference,
            let content = object.property("content")?.reference ?? object.property("labelableId")?.number, admits(0)
        else { return }
        guard labellings[content, default: []].count < Self.maximumLabels else { return }
        labellings[content, default: []].append(label)
    }

    private mutating func notePermissions(_ object: XMLElement) {
        guard object.property("type")?.text.collapsed.lowercased() == "view",
            let content = object.property("owningContent")?.reference, admits(0)
        else { return }
        restricted.insert(content)
    }

    private mutating func admits(_ length: Int) -> Bool {
        bytes += length + Self.overhead
        if bytes > Self.maximumBytes { isFull = true }
        return !isFull
    }
}

extension XMLElement {
    /// The property of an object.
    fileprivate func property(_ name: String) -> XMLElement? {
        elements.first { $0.isNamed("property") && $0.attribute("name") == name }
    }
}

extension XMLElement {
    /// The element's text as a number.
    var number: Int64? { Int64(text.collapsed) }

    /// The id of the object that a property refers to.
    var reference: Int64? { first("id")?.number }
}
