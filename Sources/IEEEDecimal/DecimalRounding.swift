/// How a result that does not fit its precision is brought to a neighbour that does.
///
/// The names are those of the General Decimal Arithmetic Specification; `up` and `down` speak of the magnitude.
@frozen
public enum DecimalRounding: String, Sendable, Hashable, CaseIterable, Codable {
    /// To the nearest; a tie goes to the even last digit. The default everywhere.
    case halfEven
    /// To the nearest; a tie goes away from zero.
    case halfUp
    /// To the nearest; a tie goes toward zero.
    case halfDown
    /// Away from zero.
    case up
    /// Toward zero.
    case down
    /// Toward positive infinity.
    case ceiling
    /// Toward negative infinity.
    case floor
    /// Away from zero if the last digit kept would be 0 or 5, otherwise toward zero.
    case zeroFiveUp
}

/// Where the digits that are cut off lie in relation to half a unit of the last digit kept.
enum DiscardedPart {
    case nothing, belowHalf, half, aboveHalf

    /// Compares a remainder with half of its divisor, which is even.
    @inline(__always)
    init(remainder: UInt128, divisor: UInt128) {
        let half = divisor >> 1
        self = remainder == 0 ? .nothing : remainder < half ? .belowHalf : remainder == half ? .half : .aboveHalf
    }

    /// The same place after something positive, less than any digit looked at so far, is added.
    func adding(something: Bool) -> DiscardedPart {
        guard something else { return self }
        switch self {
        case .nothing: return .belowHalf
        case .half: return .aboveHalf
        case .belowHalf, .aboveHalf: return self
        }
    }
}

extension DecimalRounding {
    /// Whether the magnitude of `coefficient` grows by one unit, given what is cut off behind it.
    @inline(__always)
    func increments(_ coefficient: UInt128, negative: Bool, discarding part: DiscardedPart) -> Bool {
        if part == .nothing { return false }
        switch self {
        case .halfEven: return part == .aboveHalf || (part == .half && coefficient & 1 == 1)
        case .halfUp: return part == .aboveHalf || part == .half
        case .halfDown: return part == .aboveHalf
        case .up: return true
        case .down: return false
        case .ceiling: return !negative
        case .floor: return negative
        case .zeroFiveUp: return coefficient % 5 == 0
        }
    }

    /// Whether a result too large for the format becomes an infinity rather than the largest finite number.
    func overflowsToInfinity(negative: Bool) -> Bool {
        switch self {
        case .halfEven, .halfUp, .halfDown, .up: true
        case .down, .zeroFiveUp: false
        case .ceiling: !negative
        case .floor: negative
        }
    }
}
