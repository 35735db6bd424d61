/// The tags allowed in wikitext, and how they are translated.
enum WikitextTags {
    enum Action {
        /// Written as an element of the subset.
        case tag(MarkupTag)
        /// Replaced with its content, inline.
        case text
        /// Replaced with its content, as a block.
        case block
        /// An extension whose content is not wikitext or has no meaning outside the wiki; left out.
        case drop
        /// An extension whose content is shown verbatim.
        case verbatim(MarkupTag?)
    }

    /// The start and end delimiters between which brackets are ignored.
    static let verbatim: [(StaticString, String)] = [
        ("<nowiki>", "</nowiki>"), ("<pre", "</pre>"), ("<source", "</source>"),
        ("<syntaxhighlight", "</syntaxhighlight>"), ("<math", "</math>"),
    ]

    static let actions: [String: Action] = {
        var actions: [String: Action] = [
            "b": .tag(.strong), "strong": .tag(.strong), "i": .tag(.em), "em": .tag(.em), "cite": .tag(.em),
            "dfn": .tag(.em), "var": .tag(.em), "code": .tag(.code), "tt": .tag(.code), "kbd": .tag(.code),
            "samp": .tag(.code), "br": .tag(.br), "h1": .tag(.h2), "h2": .tag(.h2), "h3": .tag(.h3), "h4": .tag(.h4),
            "h5": .tag(.h4), "h6": .tag(.h4), "tfoot": .tag(.tbody), "caption": .block, "hr": .block, "div": .block,
            "p": .block, "center": .block, "section": .block, "poem": .block, "nowiki": .verbatim(nil),
            "pre": .verbatim(.pre), "source": .verbatim(.pre), "syntaxhighlight": .verbatim(.pre),
            "math": .verbatim(.code), "chem": .verbatim(.code), "ce": .verbatim(.code),
        ]
        for tag in [MarkupTag.blockquote, .ul, .ol, .li, .dl, .dt, .dd, .table, .thead, .tbody, .tr, .td, .th] {
            actions[tag.rawValue] = .tag(tag)
        }
        let inline = [
            "span", "font", "small", "big", "sup", "sub", "u", "s", "strike", "del", "ins", "abbr", "bdi", "bdo", "q",
            "mark",
            "ruby", "rb", "rp", "rt", "wbr", "time", "data", "noinclude", "onlyinclude", "translate", "tvar",
            "languages",
        ]
        for name in inline { actions[name] = .text }
        let dropped = [
            "ref", "references", "gallery", "timeline", "score", "imagemap", "templatestyles", "templatedata",
            "includeonly", "graph", "hiero", "mapframe", "maplink", "inputbox", "categorytree", "indicator", "tabber",
            "embedvideo", "youtube", "script", "style", "dynamicpagelist", "rss", "html",
        ]
        for name in dropped { actions[name] = .drop }
        return actions
    }()
}
