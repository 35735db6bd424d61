/// Bounds on what one document may cost; past them reading ends with ``XMLError/Code/limit``.
package struct XMLLimits: Sendable {
    /// Levels of elements inside each other.
    package var depth = 256
    /// Bytes of a document that is read as a whole.
    package var documentBytes = 64 << 20
    /// Bytes of text, attributes and nodes of one streamed record; a larger one is reported and passed over.
    package var recordBytes = 16 << 20
    /// Bytes kept of what stands before a record in one of its parents, and a sixteenth of what is kept in all of them.
    package var contextBytes = 1 << 18
    /// Entity references followed, those inside other entities included.
    package var entityReferences = 100_000
    /// Entities a document may declare.
    package var entityDeclarations = 5_000
    /// How often reading is taken up again behind a place that is not well formed.
    package var resumptions = 1_000
    /// Bytes looked at or parsed a second time because of that, in all.
    package var rereadBytes = 64 << 20
    /// Bytes before the root element that can be parsed again for it.
    package var prologBytes = 1 << 18
    /// Steps of one XPath evaluation.
    package var xpathOperations = 5_000_000

    package init() {}
}
