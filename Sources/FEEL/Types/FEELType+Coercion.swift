extension Value {
    /// The element of a list of one; any other value as it is (implicit conversion *from singleton list*).
    var single: Value {
        if case .list(let list) = self, list.count == 1 { return list[0] }
        return self
    }
}

extension FEELType {
    /// Whether a value is an instance of this type.
    ///
    /// `null` is an instance of `Any` and `Null` only.
    public func isInstance(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _), (.null, .null), (.number, .number), (.string, .string), (.boolean, .boolean),
            (.date, .date), (.time, .time), (.dateAndTime, .dateAndTime),
            (.yearsAndMonthsDuration, .yearsAndMonthsDuration), (.daysAndTimeDuration, .daysAndTimeDuration):
            true
        case (.list(.any), .list): true
        case (.list(let element), .list(let list)): list.elements.allSatisfy { element.accepts($0) }
        case (.range(let element), .range(let range)): element.isRangeElement(of: range)
        case (.context(let entries), .context(let context)):
            Self.hasEntries(entries, context)
        case (.anyFunction, .function): true
        case (.function, .function(let function)): function.isInstance(of: self)
        default: false
        }
    }

    /// Whether a context has entries of these names and types; they mostly stand in the same order.
    private static func hasEntries(_ entries: [Entry], _ context: Context) -> Bool {
        for index in entries.indices {
            guard let position = context.shape.position(of: entries[index].key, near: index) else { return false }
            let place = context.place(position)
            if entries[index].quick.passes(place.pointee) { continue }
            guard entries[index].type.accepts(place.pointee) else { return false }
        }
        return true
    }

    /// Whether a value may stand where this type is declared: an instance, or null.
    public func accepts(_ value: Value) -> Bool { value.isNull || isInstance(value) }

    private func isRangeElement(of range: RangeValue) -> Bool {
        if self == .any { return true }
        return accepts(range.start) && accepts(range.end) && !(range.start.isNull && range.end.isNull)
    }

    /// Whether every instance of this type is one of `other` (table 43).
    public func conforms(to other: FEELType) -> Bool {
        switch (self, other) {
        case (_, .any), (.null, _), (.function, .anyFunction): return true
        case (.list(let left), .list(let right)), (.range(let left), .range(let right)):
            return left.conforms(to: right)
        case (.context, .context(let wanted)):
            return wanted.allSatisfy { entry in member(entry.name)?.conforms(to: entry.type) ?? false }
        case (.function(let parameters, let result), .function(let wantedParameters, let wantedResult)):
            return parameters.count == wantedParameters.count && result.conforms(to: wantedResult)
                && zip(parameters, wantedParameters).allSatisfy { $1.conforms(to: $0) }
        default: return self == other
        }
    }

    /// The value as this type has it after the implicit conversions (10.3.2.9.4), or nil when it does not conform.
    ///
    /// A value becomes the list of itself, a list of one element becomes the element, and a date becomes a
    /// date and time at midnight UTC, where only that makes it conform. A function whose text leaves its results open
    /// becomes one whose results are converted. Null conforms to every type.
    public func converting(_ value: Value) -> Value? {
        if accepts(value) { return value }
        if hasFunctions, let bound = bindingFunctions(in: value) { return bound }
        if case .list(let element) = self {
            guard case .list = value else { return element.accepts(value) ? .list([value]) : convertedElement(value) }
            return nil
        }
        if case .list(let list) = value, list.count == 1 {
            return accepts(list[0]) ? list[0] : (hasFunctions ? bindingFunctions(in: list[0]) : nil)
        }
        if case .dateAndTime = self, case .date(let date) = value {
            return .dateAndTime(DateAndTime(date: date, time: .midnight(.utc)))
        }
        return nil
    }

    private func convertedElement(_ value: Value) -> Value? {
        guard case .list(let element) = self, let converted = element.convertedAlone(value) else { return nil }
        return .list([converted])
    }

    /// A value that is no list, converted to become the only element of one.
    private func convertedAlone(_ value: Value) -> Value? {
        if case .date = value { return converting(value) }
        return hasFunctions ? bindingFunctions(in: value) : nil
    }

    /// The value after the implicit conversions, or `null` when it does not conform to this type.
    public func coercing(_ value: Value) -> Value { converting(value) ?? .null }
}
