/// A place in a document.
struct DocumentPlace: Equatable {
    /// The number of bytes before it.
    var offset: Int
    /// The line, from 1.
    var line: Int
}
