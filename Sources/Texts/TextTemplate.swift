/// A text with placeholders: `{{name}}` is replaced with a value, `{{#name}}…{{/name}}` is included only if there is
/// one, `{{^name}}…{{/name}}` only if there is none.
///
/// The notation is that of Mustache without lists, partials and escaping: texts are read by people, not by browsers. A
/// template is immutable and cheap to render.
package struct TextTemplate: Sendable, Hashable {
    /// A mistake in a template.
    package struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, worded for the author.
        package let message: String

        package var description: String { message }
    }

    private indirect enum Part: Sendable, Hashable {
        case literal(String)
        case value(String)
        case section(String, isInverted: Bool, [Part])
    }

    private enum Tag {
        case value(String)
        case opening(String, isInverted: Bool)
        case closing(String)
    }

    private static let maximumDepth = 8

    private let parts: [Part]

    /// Parses a template.
    ///
    /// - Throws: ``Mistake`` for an unclosed tag, an invalid name, and mismatched sections.
    package init(_ source: String) throws(Mistake) {
        var rest = source[...]
        parts = try Self.parts(of: &rest, until: nil, depth: 0)
    }

    /// The names of the values that it uses.
    package var names: Set<String> { Self.names(of: parts) }

    /// Renders the text with values; a name without a value yields nothing.
    ///
    /// `format` formats a value in the language of the text.
    package func render(_ values: [String: TextValue], format: (TextValue) -> String) -> String {
        var output = ""
        Self.render(parts, values, format, into: &output)
        return output
    }

    private static func render(
        _ parts: [Part],
        _ values: [String: TextValue],
        _ format: (TextValue) -> String,
        into output: inout String
    ) {
        for part in parts {
            switch part {
            case .literal(let text): output += text
            case .value(let name): if let value = values[name] { output += format(value) }
            case .section(let name, let isInverted, let inner):
                let isThere = values[name].map { !$0.isEmpty } ?? false
                if isThere != isInverted { render(inner, values, format, into: &output) }
            }
        }
    }

    private static func names(of parts: [Part]) -> Set<String> {
        parts.reduce(into: []) { names, part in
            switch part {
            case .literal: break
            case .value(let name): names.insert(name)
            case .section(let name, _, let inner): names.formUnion(Self.names(of: inner) + [name])
            }
        }
    }

    private static func parts(of rest: inout Substring, until end: String?, depth: Int) throws(Mistake) -> [Part] {
        guard depth <= maximumDepth else { throw Mistake(message: "sections nest at most \(maximumDepth) deep") }
        var parts: [Part] = []
        while !rest.isEmpty {
            guard let opening = rest.firstRange(of: "{{") else {
                parts.append(.literal(String(rest)))
                rest = ""
                break
            }
            if opening.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<opening.lowerBound]))) }
            let inside = rest[opening.upperBound...]
            guard let closing = inside.firstRange(of: "}}") else {
                throw Mistake(message: "“{{” is not closed by “}}”")
            }
            rest = inside[closing.upperBound...]
            switch try tag(inside[..<closing.lowerBound]) {
            case .value(let name): parts.append(.value(name))
            case .opening(let name, let isInverted):
                let inner = try Self.parts(of: &rest, until: name, depth: depth + 1)
                parts.append(.section(name, isInverted: isInverted, inner))
            case .closing(let name):
                guard name == end else { throw Mistake(message: "“{{/\(name)}}” closes no open section") }
                return parts
            }
        }
        if let end { throw Mistake(message: "the section “\(end)” is not closed by “{{/\(end)}}”") }
        return parts
    }

    private static func tag(_ inside: Substring) throws(Mistake) -> Tag {
        let text = inside.trimming(while: \.isWhitespace)
        guard let first = text.first else { throw Mistake(message: "“{{}}” names no value") }
        let isSign = "#^/".contains(first)
        let name = isSign ? text.dropFirst().trimming(while: \.isWhitespace) : text
        guard TextBook.isName(name) else {
            throw Mistake(
                message: "“\(text)” is not the name of a value: letters, digits, “.”, “_” and “-” are allowed"
            )
        }
        switch first {
        case "#": return .opening(String(name), isInverted: false)
        case "^": return .opening(String(name), isInverted: true)
        case "/": return .closing(String(name))
        default: return .value(String(name))
        }
    }
}

extension Substring {
    /// Trims characters at both ends.
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> Substring {
        var result = drop(while: isTrimmed)
        while let last = result.last, isTrimmed(last) { result.removeLast() }
        return result
    }
}
