/// Names that an expression itself declares.
struct LocalScope {
    enum Kind {
        case block
        /// A filter on items of a type: their members are names.
        case filter(itemSlot: Int, itemType: FEELType)
    }

    let kind: Kind
    /// The index of the function frame that its slots belong to.
    let function: Int
    private(set) var variables: [String: (slot: Int, type: FEELType)] = [:]
    private(set) var index = NameIndex()

    init(kind: Kind, function: Int) {
        self.kind = kind
        self.function = function
        guard case .filter(let slot, let type) = kind else { return }
        declare("item", slot: slot, type: type)
        for name in type.memberNames { index.insert(Name.normalised(name)) }
    }

    /// The scope of `?`.
    init(inputSlot: Int, type: FEELType, function: Int) {
        kind = .block
        self.function = function
        variables = ["?": (inputSlot, type)]
        index = Self.inputIndex
    }

    mutating func declare(_ name: String, slot: Int, type: FEELType) {
        variables[name] = (slot, type)
        index.insert(name)
    }

    private static let inputIndex: NameIndex = {
        var index = NameIndex()
        index.insert("?")
        return index
    }()
}

/// The slots of one function's frame while it is parsed.
struct FunctionFrame {
    var nextSlot: Int
    var captures: [(outer: Int, inner: Int)] = []

    mutating func allocate() -> Int {
        nextSlot += 1
        return nextSlot - 1
    }

    mutating func capture(_ outer: Int) -> Int {
        if let known = captures.first(where: { $0.outer == outer }) { return known.inner }
        let inner = allocate()
        captures.append((outer, inner))
        return inner
    }
}

extension Parser {
    mutating func allocateSlot() -> Int { functions[functions.count - 1].allocate() }

    mutating func pushBlock() { scopes.append(LocalScope(kind: .block, function: functions.count - 1)) }

    mutating func popScope() { scopes.removeLast() }

    mutating func declare(_ name: String, slot: Int, type: FEELType) {
        scopes[scopes.count - 1].declare(name, slot: slot, type: type)
    }

    /// The longest declared name at the token, which must be a word.
    func longestName(_ word: String) -> (name: String, end: Int)? {
        var best: (name: String, end: Int)?
        func offer(_ index: NameIndex) {
            guard let match = index.longestMatch(word: word, in: lexer.text, at: token.start) else { return }
            if match.end > best?.end ?? 0 { best = match }
        }
        for scope in scopes.reversed() { offer(scope.index) }
        offer(scope.index)
        offer(Builtins.index)
        return best
    }

    /// The meaning of a name here.
    mutating func resolve(_ name: String, at position: SourcePosition) throws(SyntaxError) -> Syntax {
        if name == "?" { usesInput = true }
        return try resolve(name, at: position, level: scopes.count - 1)
    }

    private mutating func resolve(
        _ name: String,
        at position: SourcePosition,
        level: Int
    )
        throws(SyntaxError) -> Syntax
    {
        guard level >= 0 else { return resolveGlobal(name, at: position) }
        let local = scopes[level]
        let variable = local.variables[name]
        if case .filter(let itemSlot, let itemType) = local.kind,
            let memberType = Self.memberType(name, of: itemType, isItem: variable != nil)
        {
            let slot = captured(itemSlot, from: local.function)
            let otherwise =
                if let variable {
                    Syntax(
                        leaf: .slot(captured(variable.slot, from: local.function)),
                        at: position,
                        type: variable.type
                    )
                } else { try resolve(name, at: position, level: level - 1) }
            return try Syntax(
                .itemMember(name: name, itemSlot: slot, otherwise: otherwise),
                at: position,
                type: memberType == .any ? otherwise.type : memberType,
                over: [otherwise]
            )
        }
        if let variable {
            if name == "partial" { usedPartials.insert(variable.slot) }
            return Syntax(leaf: .slot(captured(variable.slot, from: local.function)), at: position, type: variable.type)
        }
        return try resolve(name, at: position, level: level - 1)
    }

    /// The type of a member that items may have; nil when they cannot have it.
    private static func memberType(_ name: String, of item: FEELType, isItem: Bool) -> FEELType? {
        switch item {
        case .any: .any
        case .context(let entries):
            entries.first { Name.normalised($0.name) == name }?.type ?? (isItem ? nil : .any)
        default: nil
        }
    }

    private mutating func resolveGlobal(_ name: String, at position: SourcePosition) -> Syntax {
        if let variable = scope.variable(named: name) {
            return Syntax(leaf: .slot(captured(variable.slot, from: 0)), at: position, type: variable.type)
        }
        if let builtin = Builtins.function(named: name) {
            return Syntax(leaf: .constant(.function(builtin)), at: position)
        }
        return Syntax(leaf: .unknown(name), at: position)
    }

    /// The slot by which the present function reaches a slot of an enclosing one.
    private mutating func captured(_ slot: Int, from function: Int) -> Int {
        var slot = slot
        for inner in functions.indices where inner > function { slot = functions[inner].capture(slot) }
        return slot
    }

    /// Notes the names in a finished tree that nothing declares.
    mutating func noteUnknown(_ name: String, at position: SourcePosition) {
        guard unknownNames.count < 100 else { return }
        unknownNames.append(
            Diagnostic(kind: .unknownName, message: "nothing here is called '\(name)'", position: position)
        )
    }
}
