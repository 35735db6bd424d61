/// The names of a wiki's namespaces, and which of its templates have content.
package struct WikitextRules: Equatable, Sendable {
    /// Templates that are replaced with one of their parameters: the parameter's number, from 1, by the name in lower
    /// case.
    ///
    /// All other templates are left out.
    package var templates: [String: Int] = [:]
    /// Namespaces of files, in lower case; links into them are left out.
    package var files: Set<String> = []
    /// Namespaces of categories, in lower case; links into them are collected.
    package var categories: Set<String> = []
    /// The words after `#` that make a page a redirect, in lower case.
    package var redirects: Set<String> = ["redirect"]

    package init() {}
}
