/// The elements that the content of a section may hold: a small subset of XHTML.
package enum MarkupTag: String, CaseIterable, Sendable {
    case p, h2, h3, h4, ul, ol, li, dl, dt, dd, table, thead, tbody, tr, th, td
    case strong, em, code, pre, a, img, blockquote, br

    /// The name in UTF-8.
    var bytes: String.UTF8View { rawValue.utf8 }

    /// Stands within a line of text.
    var isInline: Bool {
        switch self {
        case .strong, .em, .code, .a, .img, .br: true
        default: false
        }
    }

    /// Has no content and no end tag.
    var isVoid: Bool { self == .img || self == .br }

    /// Holds text directly, and no blocks.
    var isLine: Bool {
        switch self {
        case .p, .h2, .h3, .h4, .dt, .pre: true
        default: false
        }
    }

    /// Whether an element without text says nothing and is left out; cells keep a table's shape.
    var isDroppedWhenEmpty: Bool {
        switch self {
        case .td, .th, .tr, .img, .br: false
        default: true
        }
    }

    /// What it must stand in, for the parts of lists and tables.
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

    /// The part that holds text put directly into a list or table; `nil` where text may stand as it is.
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
