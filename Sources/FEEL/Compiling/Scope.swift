/// The names that expressions can use, each with a slot in the ``Frame`` that holds its value at run time.
///
/// Names may contain spaces and the additional symbols `. / - ' + *`; an expression reads the longest declared
/// name that stands in its text. Types help to find names inside contexts; they are not enforced here.
public struct Scope: Sendable {
    /// A declared name.
    public struct Variable: Sendable {
        /// The name with white space normalised.
        public let name: String
        /// What the value conforms to, where known.
        public let type: FEELType
        /// The place of the value in the frame.
        public let slot: Int
    }

    /// The declared names in the order of their slots.
    public private(set) var variables: [Variable] = []
    private var slots: [String: Int] = [:]
    private var types: [String: FEELType] = [:]
    /// Whether texts are compiled without shortcuts: slower, with the same answers, as the oracle for the shortcuts.
    package var isPlain = false
    private(set) var index = NameIndex()
    private(set) var typeIndex = NameIndex()

    /// The number of slots in use.
    public var slotCount: Int { variables.count }

    /// A scope without names but the built-in functions.
    public init() {}

    /// Declares a name and answers its slot.
    ///
    /// A name declared again hides the earlier one.
    @discardableResult
    public mutating func declare(_ name: String, type: FEELType = .any) -> Int {
        let normalised = Name.normalised(name)
        let slot = variables.count
        variables.append(Variable(name: normalised, type: type, slot: slot))
        slots[normalised] = slot
        if !normalised.isEmpty { index.insert(normalised) }
        return slot
    }

    /// Declares a type by name for `instance of` and the parameters of functions.
    public mutating func declareType(_ name: String, _ type: FEELType) {
        let normalised = Name.normalised(name)
        types[normalised] = type
        if !normalised.isEmpty { typeIndex.insert(normalised) }
    }

    /// The declared type of a name.
    public func type(named name: String) -> FEELType? { types[Name.normalised(name)] }

    /// The variable of a name.
    public func variable(named name: String) -> Variable? { slots[name].map { variables[$0] } }
}
