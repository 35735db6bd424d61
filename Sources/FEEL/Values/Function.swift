/// A function as a value: a built-in, a function the host offers, or one defined in an expression.
public final class Function: Sendable {
    /// A parameter of a function.
    public struct Parameter: Sendable {
        /// The name for calls with named arguments.
        public let name: String
        /// What arguments must conform to; an argument that does not becomes null.
        public let type: FEELType
        let isAny: Bool

        /// Makes a parameter.
        public init(name: String, type: FEELType = .any) {
            self.name = name
            self.type = type
            isAny = type == .any
        }
    }

    /// What a host's function does: arguments already coerced, in the parameters' order.
    public typealias Body = @Sendable (_ arguments: [Value], _ evaluation: Evaluation) -> Value

    enum Implementation: Sendable {
        case native(Body)
        case builtin(Builtin)
        case closure(Closure)
    }

    /// The name, for messages.
    public let name: String
    /// The parameters; for a built-in those of its first signature.
    public let parameters: [Parameter]
    /// What results must conform to; a result that does not becomes null.
    public let resultType: FEELType
    /// How deeply captured values nest.
    public let depth: Int

    let implementation: Implementation
    let hasAnyResult: Bool
    /// What the body's text tells of the result.
    private let bodyType: FEELType

    /// Makes a function of the host.
    ///
    /// Arguments are coerced to the parameters' types before `body` runs, and its result to `resultType`.
    public init(name: String, parameters: [Parameter], resultType: FEELType = .any, body: @escaping Body) {
        self.name = name
        self.parameters = parameters
        self.resultType = resultType
        bodyType = resultType
        hasAnyResult = resultType == .any
        depth = 1
        implementation = .native(body)
    }

    init(
        name: String,
        parameters: [Parameter],
        resultType: FEELType,
        bodyType: FEELType = .any,
        depth: Int,
        implementation: Implementation
    ) {
        self.name = name
        self.parameters = parameters
        self.resultType = resultType
        self.bodyType = bodyType
        hasAnyResult = resultType == .any
        self.depth = depth
        self.implementation = implementation
    }

    /// The type of this function.
    public var type: FEELType {
        .function(parameters.map(\.type), resultType == .any ? bodyType : resultType)
    }
}
