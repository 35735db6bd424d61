/// An element of a requirements graph, of the model asked for or of an imported one.
struct Element: Sendable {
    /// What it is, with its place in its model.
    enum Kind: Sendable, Hashable {
        case input(Int)
        case decision(Int)
        case knowledge(Int)
        case service(Int)
    }

    /// What it is.
    let kind: Kind
    /// The model it is defined in.
    let model: Int
    /// The element's name.
    let name: String
    /// The variable that holds its value or function.
    let variable: InformationItem
    /// Where it stands.
    let location: Location

    /// Whether it is a function: a business knowledge model or a decision service.
    var isInvocable: Bool {
        switch kind {
        case .knowledge, .service: true
        case .input, .decision: false
        }
    }

    /// Whether it is input data.
    var isInput: Bool {
        if case .input = kind { true } else { false }
    }

    /// Whether it is a decision.
    var isDecision: Bool {
        if case .decision = kind { true } else { false }
    }

    /// Whether it is a decision service.
    var isService: Bool {
        if case .service = kind { true } else { false }
    }
}
