/// What a function of the host does, for callers that write its arguments into a frame of the function's own.
package protocol FrameFunction: AnyObject, Sendable {
    /// The slot of the first argument; those of the others follow.
    var firstSlot: Int { get }

    /// A frame for one call, to be handed to ``run(_:)`` or ``giveBack(_:)``.
    func borrowFrame(_ evaluation: Evaluation) -> Frame

    /// The result for the arguments in a frame, which are converted to the parameters' types.
    func run(_ frame: Frame) -> Value

    /// Takes a frame back.
    func giveBack(_ frame: Frame)
}

/// A function as a value: a built-in, a function the host offers, or one defined in an expression.
public final class Function: Sendable {
    /// A parameter of a function.
    public struct Parameter: Sendable {
        /// The name for calls with named arguments.
        public let name: String
        /// What arguments must conform to; an argument that does not becomes null.
        public let type: FEELType
        let quick: QuickCheck
        var isAny: Bool { quick == .any }

        /// Makes a parameter.
        public init(name: String, type: FEELType = .any) {
            self.name = name
            self.type = type
            quick = QuickCheck(type)
        }
    }

    /// What a host's function does: arguments already coerced, in the parameters' order.
    public typealias Body = @Sendable (_ arguments: [Value], _ evaluation: Evaluation) -> Value

    enum Implementation: Sendable {
        case native(Body)
        case framed(any FrameFunction)
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

    /// Who made the function to check another's arguments and results; nil for every other function.
    package let checker: ObjectIdentifier?

    let implementation: Implementation
    let resultCheck: QuickCheck
    var hasAnyResult: Bool { resultCheck == .any }
    /// What the body's text tells of the result; `Any` where it does not tell.
    let bodyType: FEELType

    /// Makes a function of the host.
    ///
    /// Arguments are coerced to the parameters' types before `body` runs, and its result to `resultType`.
    public convenience init(name: String, parameters: [Parameter], resultType: FEELType = .any, body: @escaping Body) {
        self.init(
            name: name,
            parameters: parameters,
            resultType: resultType,
            depth: 1,
            implementation: .native(body)
        )
    }

    /// Makes a function of the host that holds values, the deepest of them one less deep than `depth`.
    package convenience init(
        name: String,
        parameters: [Parameter],
        resultType: FEELType,
        depth: Int,
        checker: ObjectIdentifier? = nil,
        body: @escaping Body
    ) {
        self.init(
            name: name,
            parameters: parameters,
            resultType: resultType,
            depth: depth,
            checker: checker,
            implementation: .native(body)
        )
    }

    /// Makes a function of the host that takes its arguments in a frame.
    package convenience init(
        name: String,
        parameters: [Parameter],
        resultType: FEELType,
        depth: Int,
        framed: any FrameFunction
    ) {
        self.init(
            name: name,
            parameters: parameters,
            resultType: resultType,
            depth: depth,
            implementation: .framed(framed)
        )
    }

    init(
        name: String,
        parameters: [Parameter],
        resultType: FEELType,
        bodyType: FEELType = .any,
        depth: Int,
        checker: ObjectIdentifier? = nil,
        implementation: Implementation
    ) {
        self.checker = checker
        self.name = name
        self.parameters = parameters
        self.resultType = resultType
        self.bodyType = bodyType
        resultCheck = QuickCheck(resultType)
        self.depth = depth
        self.implementation = implementation
    }
}
