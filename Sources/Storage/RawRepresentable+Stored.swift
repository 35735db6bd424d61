extension RawRepresentable<String> {
    /// The case under whose raw value something is stored.
    ///
    /// - Parameters:
    ///   - text: what is stored.
    ///   - what: what it is, such as “the status of a request”; for the message.
    /// - Throws: ``StorageError`` `corrupt`, naming the value, for one that this program does not know: a default in its
    ///   place would say something that nobody has stored.
    package init(stored text: String, as what: String) throws(StorageError) {
        guard let value = Self(rawValue: text) else {
            throw StorageError(code: .corrupt, message: "\(what) is stored as “\(text.prefix(64))”, which is not known")
        }
        self = value
    }
}
