/// One thing that is wrong with a script, with its place.
package struct ScriptDiagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    package enum Severity: String, Sendable, Hashable, Codable {
        /// The script cannot be published.
        case error
        /// It can, and its author should look at it.
        case warning
    }

    /// What kind of mistake it is; stable, so that tools may select by it.
    package enum Code: String, Sendable, Hashable, Codable {
        /// It is no YAML, or not within the limits.
        case yaml
        /// A member that the language does not know.
        case unknownMember = "unknown_member"
        /// A member that must be there is not.
        case missing
        /// A value of the wrong form.
        case form
        /// The same name twice.
        case duplicate
        /// A step that does not exist.
        case target
        /// A step that no way leads to.
        case unreachable
        /// A loop that no end can be reached from.
        case endless
        /// Conditions that leave cases open.
        case open
        /// A variable that nothing defines.
        case undefined
        /// A value of another type than its place takes.
        case type
        /// An expression that is none.
        case expression
        /// A text whose template is wrong.
        case template
        /// A sensitive variable where its value is never shown.
        case sensitive
        /// A script that does not exist or runs itself.
        case script
        /// A decision that does not exist.
        case decision
        /// An article that does not exist, or that agents do not find.
        case article
        /// A case that does not come out as expected.
        case testCase = "case"
    }

    /// How bad it is.
    package let severity: Severity
    /// What kind of mistake it is.
    package let code: Code
    /// What was found and what was expected.
    package let message: String
    /// The file as the caller named it.
    package let file: String
    /// Where in it.
    package let place: ScriptPlace
    /// The step it is about.
    package let step: String?

    /// `file:line:column: error: message`.
    package var description: String {
        "\(file):\(place.line):\(place.column): \(severity.rawValue): \(message)"
    }
}

/// A place in a source: line and column, both counted from 1; columns count Unicode scalars.
package struct ScriptPlace: Sendable, Hashable {
    /// The line.
    package let line: Int
    /// The column.
    package let column: Int

    package init(line: Int = 1, column: Int = 1) {
        self.line = line
        self.column = column
    }
}
