/// How an issuer is asked; implemented over HTTP by the composition, and in memory by tests.
package protocol IssuerTransport: Sendable {
    /// Gets a document of at most so many bytes.
    ///
    /// - Throws: ``SignInError`` `unavailable` or `issuer`.
    func get(_ address: String, most: Int) async throws(SignInError) -> [UInt8]

    /// Posts a form, and gets the answer of at most so many bytes, whatever its status is.
    ///
    /// - Throws: ``SignInError`` `unavailable` or `issuer`.
    func post(
        _ form: String,
        headers: [String],
        to address: String,
        most: Int
    ) async throws(SignInError) -> (status: Int, body: [UInt8])
}
