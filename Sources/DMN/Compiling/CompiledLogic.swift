import FEEL

/// Logic with the type its values are known to have.
struct CompiledLogic {
    let logic: Logic
    let type: FEELType
    /// What every value is known to be; unlike `type`, which may be wrong about some.
    let assurance: Assurance

    init(_ logic: Logic, type: FEELType = .any, assurance: Assurance = .none) {
        self.logic = logic
        self.type = type
        self.assurance = assurance
    }

    /// The same, made to have a declared type.
    func typed(_ declared: DataType, what: String) -> CompiledLogic {
        if declared.isAny {
            return self
        }
        if let constant = logic.constant, let value = declared.converting(constant, Evaluation()) {
            return CompiledLogic(.constant(value), type: declared.type, assurance: .typed(declared))
        }
        if assurance.covers(declared) {
            return CompiledLogic(logic, type: declared.type, assurance: assurance)
        }
        return CompiledLogic(.typed(logic, declared, what: what), type: declared.type, assurance: .typed(declared))
    }
}
