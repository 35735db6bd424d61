/// What a wiki calls its parts, and which of its templates say something.
package struct WikitextRules: Equatable, Sendable {
    /// Templates that stand for one of their parameters, by name in lower case; the parameter's number from 1.
    ///
    /// All others are left out.
    package var templates: [String: Int] = [:]
    /// Namespaces of files, in lower case; links into them are left out.
    package var files: Set<String> = []
    /// Namespaces of categories, in lower case; links into them are gathered.
    package var categories: Set<String> = []
    /// The words behind `#` that make a page a redirect, in lower case.
    package var redirects: Set<String> = ["redirect"]

    package init() {}
}
