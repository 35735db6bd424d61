/// A kind of sensitive value that the redactor finds; its raw value is the label inside the placeholder.
///
/// Not covered, because checksums, formats and context words cannot identify them precisely enough: names of people,
/// postal addresses, health details, employers, and reference numbers of the business (orders, tickets, loyalty cards).
package enum RedactionKind: String, CaseIterable, Sendable, Hashable {
    /// A payment card number of 12 to 19 digits, recognised by its check digit together with the issuer's range, its
    /// grouping or context words.
    case card
    /// The security code of a card, after a context word.
    case cvv
    /// An international bank account number with valid ISO 13616 check digits and length.
    case iban
    /// A domestic account, routing or sort code, after a context word.
    case bankAccount = "bank_account"
    /// A person's number in a state register (social security, insurance, identity card, voter, visa).
    case nationalID = "national_id"
    /// A tax number of a person or business, after a context word or with its check digit.
    case taxID = "tax_id"
    /// A passport number, after a context word.
    case passport
    /// A driving licence number, after a context word.
    case driverLicence = "driver_licence"
    /// An e-mail address, also spelled out ("jane dot doe at example dot com").
    case email
    /// A telephone number.
    case phone
    /// An IPv4 or IPv6 address.
    case ip
    /// A hardware address of a network device.
    case mac
    /// The identity number of a mobile device, after a context word.
    case imei
    /// A password or passphrase, after a context word.
    case password
    /// A personal identification number, after a context word.
    case pin
    /// A one-time or verification code, after a context word.
    case code
    /// A key or token: in a known vendor's format, a private key block, or a random-looking string after a context
    /// word.
    case secret
    /// The address of a cryptocurrency wallet.
    case wallet
    /// A date of birth, after a context word.
    case birthDate = "birth_date"

    /// The text that replaces the value, for example `[card]`.
    package var placeholder: String { "[\(rawValue)]" }
}
