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
        let typed = TypedLogic(logic, declared, what: what)
        return CompiledLogic(.typed(typed), type: declared.type, assurance: .typed(declared))
    }
}

/// What is known of every value of some logic before it is evaluated: checks that nothing can fail are left out.
///
/// Null is a value of every type.
indirect enum Assurance {
    /// Nothing.
    case none
    /// The values were made to have a type, with its constraints.
    case typed(DataType)
    /// Contexts with these entries.
    case context([(name: String, value: Assurance)])
    /// Lists of such values.
    case list(Assurance)

    /// Whether every value has a type.
    func covers(_ type: DataType) -> Bool {
        if let signature = type.signature, signature.isConstrained {
            guard case .typed(let known) = self else { return false }
            return known.signature === signature
        }
        return covers(type.type, type.constraint)
    }

    private func covers(_ type: FEELType, _ constraint: TypeConstraint?) -> Bool {
        if case .any = type, constraint == nil { return true }
        switch self {
        case .none: return false
        case .typed(let known):
            return (constraint == nil || constraint === known.constraint) && known.type.conforms(to: type)
        case .list(let items):
            guard case .list(let wanted) = type, constraint?.tests.isEmpty ?? true else { return false }
            return items.covers(wanted, constraint?.items)
        case .context(let entries):
            guard case .context(let wanted) = type, constraint?.tests.isEmpty ?? true else { return false }
            return wanted.allSatisfy { member in
                guard let entry = entries.first(where: { $0.name == member.name }) else { return false }
                return entry.value.covers(
                    member.type,
                    constraint?.entries.first { $0.name == member.name }?.constraint
                )
            }
        }
    }
}
