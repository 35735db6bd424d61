/// The terms under which the function words of titles and asked phrases are indexed.
///
/// In running text function words occur everywhere and do not discriminate. In a title they distinguish one question
/// from another: "where is my order" from "cancel an order". So the function words of titles and asked phrases are
/// indexed a second time, under separate terms that no word of a text can have.
enum FunctionTerm {
    /// The fields whose function words are indexed.
    static let fields: Set<SearchField> = [.title, .asked]

    /// The term of a function word, which is given in lower case without accents.
    static func of(_ surface: String) -> String { "\u{1}" + surface }
}
