/// A text without its sensitive values, and where they stood.
package struct RedactedText: Sendable, Equatable {
    /// One value that was replaced.
    package struct Span: Sendable, Equatable {
        /// What kind of value it was; the value itself is not kept.
        package let kind: RedactionKind
        /// Where it stood in the given text, in Unicode scalars.
        package let range: Range<Int>

        /// Creates a span over `range`, counted in Unicode scalars of the given text.
        package init(kind: RedactionKind, range: Range<Int>) {
            self.kind = kind
            self.range = range
        }
    }

    /// The text with a placeholder such as `[card]` in place of each value.
    package let text: String
    /// The values replaced, in order, without overlaps.
    package let spans: [Span]

    /// Whether anything was replaced.
    package var isChanged: Bool { !spans.isEmpty }

    /// Puts the placeholders of `spans` (ordered, disjoint) into `original`.
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
