/// The version and description of the product.
package enum ProductVersion {
    /// The version of the program.
    package static let text = "0.1.0"
    /// The version of the protocol.
    package static let wireProtocol = "1"
    /// The purpose of the product in one sentence.
    package static let summary = "The backend behind a contact-centre agent while a customer is on the line."
}
