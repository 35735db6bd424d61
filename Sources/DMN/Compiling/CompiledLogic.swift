import FEEL

/// Logic with the type its values are known to have.
struct CompiledLogic {
    let logic: Logic
    let type: FEELType

    init(_ logic: Logic, type: FEELType = .any) {
        self.logic = logic
        self.type = type
    }

    /// The same, made to have a declared type.
    func typed(_ declared: DataType, what: String) -> CompiledLogic {
        if declared.isAny {
            return self
        }
        if let constant = logic.constant, let value = declared.converting(constant, Evaluation()) {
            return CompiledLogic(.constant(value), type: declared.type)
        }
        return CompiledLogic(.typed(logic, declared, what: what), type: declared.type)
    }
}
