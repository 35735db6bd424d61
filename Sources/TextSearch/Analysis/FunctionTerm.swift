/// The terms by which titles and asked phrases are found through their function words.
///
/// A function word tells nothing in running text, where it stands everywhere. In a title it tells one question about a
/// thing from another: "where is my order" from "cancel an order". So the function words of titles and asked phrases
/// are indexed a second time, under terms of their own, which no word of any text can have.
enum FunctionTerm {
    /// The fields whose function words are indexed.
    static let fields: Set<SearchField> = [.title, .asked]

    /// The term of a function word, given in lower case without accents.
    static func of(_ surface: String) -> String { "\u{1}" + surface }
}
