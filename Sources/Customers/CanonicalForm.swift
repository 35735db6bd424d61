import Foundation

/// How the names of customers, orders and the like are compared.
///
/// People and systems write one number in several ways: with another dash, in small letters, with a space behind it. A limit
/// that counts by such a name must not depend on the spelling. The form is for comparing alone; what was given is answered
/// as it was given.
///
/// Two names are the same when they are equal after these steps: compatibility composition (NFKC), characters that nobody
/// sees left out, every dash a hyphen, every run of white space one space and none at the ends, and, unless
/// ``LetterCase/distinct`` is asked for, capitals and small letters alike.
package struct CanonicalForm: Sendable, Hashable {
    /// Whether capitals and small letters make different names.
    package enum LetterCase: String, Sendable, Hashable, CaseIterable {
        case ignored
        case distinct
    }

    /// Whether capitals and small letters make different names.
    package let letterCase: LetterCase

    package init(_ letterCase: LetterCase = .ignored) { self.letterCase = letterCase }

    /// The form of a name; empty when the name has nothing that can be seen.
    ///
    /// The form of a form is itself.
    package func callAsFunction(_ name: String) -> String {
        if name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) {
            return letterCase == .ignored ? name.lowercased() : name
        }
        let plain = Self.spaced(name.precomposedStringWithCompatibilityMapping)
        guard letterCase == .ignored else { return plain }
        // Capitals first, so that letters with two small forms (σ and ς, ss and ß) meet.
        return Self.spaced(plain.uppercased().lowercased().precomposedStringWithCompatibilityMapping)
    }

    /// Without what cannot be seen, with hyphens for dashes and single spaces within.
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

    /// A pattern without dots, which looks like a space and is none by its properties.
    private static let brailleBlank: Unicode.Scalar = "\u{2800}"
}
