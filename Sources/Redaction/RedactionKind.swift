/// A kind of sensitive value that the redactor finds; its raw value is the label inside the placeholder.
///
/// Not covered, because no checksum, shape or context word makes them precise enough: names of people, postal
/// addresses, health details, employers, reference numbers of the business itself (orders, tickets, loyalty).
package enum RedactionKind: String, CaseIterable, Sendable, Hashable {
    /// A payment card number of 12 to 19 digits: its check digit, and the issuer's range, the grouping or words for it.
    case card
    /// The printed check value of a card, after a context word.
    case cvv
    /// An international bank account number with valid ISO 13616 check digits and length.
    case iban
    /// A domestic account, routing or sort code, after a context word.
    case bankAccount = "bank_account"
    /// A person's number from a state register (social security, insurance, identity card, voter, visa).
    case nationalID = "national_id"
    /// A tax number of a person or business, after a context word or with its check digit.
    case taxID = "tax_id"
    /// A passport number, after a context word.
    case passport
    /// A driving licence number, after a context word.
    case driverLicence = "driver_licence"
    /// An e-mail address, also spelled out as speech ("jane dot doe at example dot com").
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
    /// A key or token: a known vendor's shape, a private key block, or a dense string after a key word.
    case secret
    /// The address of a cryptocurrency wallet.
    case wallet
    /// A date of birth, after a context word.
    case birthDate = "birth_date"

    /// What stands in the text in place of the value, for example `[card]`.
    package var placeholder: String { "[\(rawValue)]" }
}
