package import Customers

/// What an installation may set.
package struct AuthoritySettings: Sendable, Hashable {
    /// How long a request waits for approval, in microseconds; 24 hours unless set.
    package var pendingLifetime: Int64
    /// Where `today` begins: a name of the IANA database.
    package var timeZone: String
    /// How ids of customers and references are compared.
    package var form: CanonicalForm

    package init(
        pendingLifetime: Int64 = 86_400_000_000,
        timeZone: String = "UTC",
        form: CanonicalForm = CanonicalForm()
    ) {
        (self.pendingLifetime, self.timeZone, self.form) = (pendingLifetime, timeZone, form)
    }
}
