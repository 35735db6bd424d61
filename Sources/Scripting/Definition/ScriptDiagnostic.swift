/// One finding about a script, with its place in the source.
package struct ScriptDiagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    /// The severity of a finding.
    package enum Severity: String, Sendable, Hashable, Codable {
        /// The script cannot be published.
        case error
        /// The script can be published, but its author should review the finding.
        case warning
    }

    /// The kind of mistake.
    ///
    /// Codes are stable, so that tools can filter by them.
    package enum Code: String, Sendable, Hashable, Codable {
        /// The source is not YAML or exceeds a limit.
        case yaml
        /// A member that the language does not know.
        case unknownMember = "unknown_member"
        /// A required member is missing.
        case missing
        /// A value of the wrong form.
        case form
        /// A duplicate name.
        case duplicate
        /// A step that does not exist.
        case target
        /// A step that cannot be reached.
        case unreachable
        /// A loop from which no end can be reached.
        case endless
        /// Conditions that do not cover every case.
        case open
        /// A variable that is not defined.
        case undefined
        /// A value of the wrong type.
        case type
        /// An invalid expression.
        case expression
        /// A text with an invalid template.
        case template
        /// A sensitive variable in a place where its value is never available.
        case sensitive
        /// A sub-script that does not exist or that leads back to this script.
        case script
        /// A decision that does not exist.
        case decision
        /// An extractor that does not exist.
        case extractor
        /// An article that does not exist, or that agents cannot find.
        case article
        /// An example that means the same as one of another script.
        case similar
        /// A case that fails.
        case testCase = "case"
    }

    package let severity: Severity
    package let code: Code
    package let message: String
    /// The file as the caller named it.
    package let file: String
    /// The place in the file.
    package let place: ScriptPlace
    /// The step concerned.
    package let step: String?

    package init(
        severity: Severity,
        code: Code,
        message: String,
        file: String,
        place: ScriptPlace,
        step: String? = nil
    ) {
        (self.severity, self.code, self.message) = (severity, code, message)
        (self.file, self.place, self.step) = (file, place, step)
    }

    /// `file:line:column: error: message`.
    package var description: String {
        "\(file):\(place.line):\(place.column): \(severity.rawValue): \(message)"
    }
}

/// A place in a source.
///
/// Lines and columns are counted from 1; columns count Unicode scalars.
package struct ScriptPlace: Sendable, Hashable {
    package let line: Int
    package let column: Int

    package init(line: Int = 1, column: Int = 1) {
        self.line = line
        self.column = column
    }
}
