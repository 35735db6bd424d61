/// A regular expression of XPath that other modules search for, within a bound of steps.
///
/// Whoever writes the pattern decides how long a search takes by backtracking; the bound makes a hostile one harmless.
package struct BoundedPattern: Sendable {
    /// Why a text is no pattern.
    package struct Mistake: Error, CustomStringConvertible {
        package let message: String

        package var description: String { message }
    }

    /// The places of a match and its groups, in scalars; the first group is the match itself.
    package struct Match: Sendable, Hashable {
        package let range: Range<Int>
        package let groups: [Range<Int>?]
    }

    private let pattern: Pattern

    /// The number of groups in the pattern.
    package var groupCount: Int { pattern.groupCount }

    /// Compiles a pattern of at most 10,000 bytes.
    package init(_ text: String, ignoringCase: Bool) throws(Mistake) {
        do {
            pattern = try Pattern(text, flags: ignoringCase ? "i" : "")
        } catch {
            throw Mistake(message: error.message)
        }
    }

    /// The first match at or after a position.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - start: the position, at most the length of the text.
    ///   - steps: how many steps may be taken; reduced by those that were, and 0 if they did not suffice.
    /// - Returns: the match; nil if there is none, or if the steps did not suffice.
    package func firstMatch(in text: [Unicode.Scalar], from start: Int, steps: inout Int) -> Match? {
        guard steps > 0 else { return nil }
        var matcher = PatternMatcher(pattern, text, steps: steps)
        do throws(PatternMatcher.Exhausted) {
            let match = try matcher.firstMatch(from: start)
            steps = max(0, matcher.steps)
            return match.map { Match(range: $0.range, groups: $0.groups) }
        } catch {
            steps = 0
            return nil
        }
    }
}
