import FEEL

extension FEELType {
    /// Whether some value of this type may conform to another, after conversions; true when in doubt.
    func canBecome(_ other: FEELType) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any), (.null, _), (_, .null), (.date, .dateAndTime): true
        case (.list(let left), .list(let right)): left.canBecome(right)
        case (.list(let item), _): item.canBecome(other)
        case (_, .list(let item)): canBecome(item)
        case (.function(let parameters, let result), .function(let wanted, let wantedResult)):
            parameters.count == wanted.count && result.canBecome(wantedResult)
                && zip(wanted, parameters).allSatisfy { $0.conforms(to: $1) }
        case (.function, .anyFunction), (.anyFunction, .function): true
        case (.context, .context), (.range, .range): true
        default: self == other
        }
    }

    /// The type of the items of a list; any other type is taken as a list of itself.
    var itemType: FEELType {
        if case .list(let item) = self {
            return item
        }
        return self
    }
}
