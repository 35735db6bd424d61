/// An invalid option, with its source.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The option and where it was given, such as `frontline.yaml: idle-timeout`.
    package let place: String
    /// What is wrong and what is expected.
    package let message: String

    package init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    package var description: String { "\(place): \(message)" }
}
