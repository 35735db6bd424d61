/// How the tables of a store relate to those of this program.
package enum SchemaState: Sendable, Hashable {
    /// There is no store.
    case absent
    /// They are those of this program.
    case current
    /// So many steps are missing, which opening the store makes.
    case older(Int)
    /// There are steps that this program does not know.
    case newer

    /// Compares the names of the steps.
    ///
    /// - Parameters:
    ///   - applied: those that were made; nil where there is no store.
    ///   - migrations: those of the program.
    package init(applied: Set<String>?, migrations: [Migration]) {
        guard let applied else {
            self = .absent
            return
        }
        let names = Set(migrations.map(\.name))
        guard applied.isSubset(of: names) else {
            self = .newer
            return
        }
        let missing = names.subtracting(applied).count
        self = missing == 0 ? .current : .older(missing)
    }
}
