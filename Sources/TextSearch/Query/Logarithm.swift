import Foundation

/// The natural logarithm, defined once so that scores do not depend on the overload visible in a file.
func logarithm(_ value: Float) -> Float { Float(Foundation.log(Double(value))) }
