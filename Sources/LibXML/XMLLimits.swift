/// Limits on the resources for one document; beyond them reading ends with ``XMLError/Code/limit``.
package struct XMLLimits: Sendable {
    /// The nesting depth of elements.
    package var depth = 256
    /// The size of a document read as a whole, in bytes.
    package var documentBytes = 64 << 20
    /// The size of the text, attributes and nodes of one streamed record, in bytes; a larger record is reported and
    /// skipped.
    package var recordBytes = 16 << 20
    /// The size of the content kept before a record in one of its parents, in bytes; for all parents together, sixteen
    /// times as much.
    package var contextBytes = 1 << 18
    /// Entity references followed, including those inside other entities.
    package var entityReferences = 100_000
    /// Entities that a document may declare.
    package var entityDeclarations = 5_000
    /// How often reading resumes after a place that is not well formed.
    package var resumptions = 1_000
    /// The total size scanned or parsed again when resuming, in bytes.
    package var rereadBytes = 64 << 20
    /// The size before the root element that can be parsed again when resuming, in bytes.
    package var prologBytes = 1 << 18
    /// The number of steps in one XPath evaluation.
    package var xpathOperations = 5_000_000

    package init() {}
}
