import FEEL

extension FEELType {
    /// Whether some value of this type may conform to another, after conversions; true when in doubt.
    func canBecome(_ other: FEELType) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any), (.null, _), (_, .null), (.date, .dateAndTime): true
        case (.list(let left), .list(let right)): left.canBecome(right)
        case (.list(let item), _): item.canBecome(other)
        case (_, .list(let item)): canBecome(item)
        case (.context, .context), (.function, .function), (.range, .range): true
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
