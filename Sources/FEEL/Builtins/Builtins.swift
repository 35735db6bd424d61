/// All built-in functions by name.
enum Builtins {
    private static let functions: [String: Function] = {
        var functions: [String: Function] = [:]
        let families = [
            conversions, temporalConversions, strings, patterns, lists, listEdits, aggregates, statistics, numbers,
            ranges, calendar, contexts, miscellaneous,
        ]
        for builtin in families.joined() {
            functions[builtin.name] = Function(
                name: builtin.name,
                parameters: builtin.signatures[0].parameters.map { Function.Parameter(name: $0.name, type: $0.type) },
                resultType: .any,
                depth: 1,
                implementation: .builtin(builtin)
            )
        }
        return functions
    }()

    /// The names.
    static let index: NameIndex = {
        var index = NameIndex()
        for name in functions.keys { index.insert(name) }
        return index
    }()

    /// The built-in of a name.
    static func function(named name: String) -> Function? { functions[name] }
}
