import Foundation

/// The natural logarithm; one place, so that scores do not depend on which overload a file happens to see.
func logarithm(_ value: Float) -> Float { Float(Foundation.log(Double(value))) }
