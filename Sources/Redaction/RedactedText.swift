/// A text without its sensitive values, and the positions of these.
package struct RedactedText: Sendable, Equatable {
    /// A replaced value.
    package struct Span: Sendable, Equatable {
        /// The kind of the value; the value itself is not kept.
        package let kind: RedactionKind
        /// Its range in the original text, in Unicode scalars.
        package let range: Range<Int>

        package init(kind: RedactionKind, range: Range<Int>) {
            self.kind = kind
            self.range = range
        }
    }

    /// The text with a placeholder such as `[card]` instead of each value.
    package let text: String
    /// The replaced values, in order and without overlaps.
    package let spans: [Span]

    /// Whether anything was replaced.
    package var isChanged: Bool { !spans.isEmpty }

    /// Replaces `spans` (ordered, disjoint) of `original` with their placeholders.
    init(original: String, spans: [Span]) {
        self.spans = spans
        guard !spans.isEmpty else {
            text = original
            return
        }
        let scalars = original.unicodeScalars
        var output = String.UnicodeScalarView()
        var index = scalars.startIndex
        var offset = 0
        for span in spans {
            let start = scalars.index(index, offsetBy: span.range.lowerBound - offset)
            output.append(contentsOf: scalars[index..<start])
            output.append(contentsOf: span.kind.placeholder.unicodeScalars)
            index = scalars.index(start, offsetBy: span.range.count)
            offset = span.range.upperBound
        }
        output.append(contentsOf: scalars[index...])
        text = String(output)
    }
}
