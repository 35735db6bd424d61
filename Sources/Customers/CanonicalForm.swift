import Foundation

/// The form in which ids of customers, orders and similar things are compared.
///
/// People and systems write the same id in several ways: with another dash, in lower case, with a trailing space. A
/// limit that counts by an id must not depend on the spelling. The form is used only for comparison; ids are returned
/// as they were given.
///
/// Two ids are the same if they are equal after these steps: compatibility composition (NFKC); removal of invisible
/// characters; replacement of every dash with a hyphen and of every run of white space with one space; trimming; and,
/// unless ``LetterCase/distinct`` is set, case folding.
package struct CanonicalForm: Sendable, Hashable {
    /// Whether ids that differ only in case are different.
    package enum LetterCase: String, Sendable, Hashable, CaseIterable {
        case ignored
        case distinct
    }

    package let letterCase: LetterCase

    package init(_ letterCase: LetterCase = .ignored) { self.letterCase = letterCase }

    /// The canonical form of an id; empty if the id has no visible characters.
    ///
    /// The operation is idempotent.
    package func callAsFunction(_ name: String) -> String {
        if name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) {
            return letterCase == .ignored ? name.lowercased() : name
        }
        let plain = Self.spaced(name.precomposedStringWithCompatibilityMapping)
        guard letterCase == .ignored else { return plain }
        // Convert to upper case first, so that letters with two lower-case forms (σ and ς, ss and ß) become equal.
        return Self.spaced(plain.uppercased().lowercased().precomposedStringWithCompatibilityMapping)
    }

    /// Removes invisible characters, replaces dashes with hyphens, and collapses and trims white space.
    private static func spaced(_ text: String) -> String {
        var (result, isSpacePending) = (String.UnicodeScalarView(), false)
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar == brailleBlank {
                isSpacePending = !result.isEmpty
            } else if !scalar.properties.isDefaultIgnorableCodePoint {
                if isSpacePending { result.append(" ") }
                isSpacePending = false
                result.append(scalar.properties.isDash ? "-" : scalar)
            }
        }
        return String(result)
    }

    /// The Braille pattern without dots, which looks like a space but does not have its properties.
    private static let brailleBlank: Unicode.Scalar = "\u{2800}"
}
