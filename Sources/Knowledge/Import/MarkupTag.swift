/// The elements allowed in the content of a section: a small subset of XHTML.
package enum MarkupTag: String, CaseIterable, Sendable {
    case p, h2, h3, h4, ul, ol, li, dl, dt, dd, table, thead, tbody, tr, th, td
    case strong, em, code, pre, a, img, blockquote, br

    /// The name in UTF-8.
    var bytes: String.UTF8View { rawValue.utf8 }

    /// Whether the element is part of a line of text.
    var isInline: Bool {
        switch self {
        case .strong, .em, .code, .a, .img, .br: true
        default: false
        }
    }

    /// Whether the element has no content and no end tag.
    var isVoid: Bool { self == .img || self == .br }

    /// Whether the element contains text directly, and no blocks.
    var isLine: Bool {
        switch self {
        case .p, .h2, .h3, .h4, .dt, .pre: true
        default: false
        }
    }

    /// Whether an element without text is left out; empty cells are kept, since they preserve a table's shape.
    var isDroppedWhenEmpty: Bool {
        switch self {
        case .td, .th, .tr, .img, .br: false
        default: true
        }
    }

    /// The elements that may contain it, for parts of lists and tables.
    package var containers: [MarkupTag] {
        switch self {
        case .li: [.ul, .ol]
        case .dt, .dd: [.dl]
        case .thead, .tbody: [.table]
        case .tr: [.table, .thead, .tbody]
        case .td, .th: [.tr]
        default: []
        }
    }

    /// The part to open for text directly in a list or table; `nil` if text is allowed there.
    var implicitPart: MarkupTag? {
        switch self {
        case .ul, .ol: .li
        case .dl: .dd
        case .table, .thead, .tbody: .tr
        case .tr: .td
        default: nil
        }
    }
}
