/// A use of a name in an expression with the members that are taken from it, as `history.customer.total_30d`.
///
/// Found by reading tokens, not by binding names: a local name that is spelled the same is found as well. Keys of contexts
/// and names of arguments are not uses.
package struct NamePath: Sendable, Hashable {
    /// What follows the name, without the dots; empty when the name stands alone.
    package let members: [String]
    /// Whether the value is only compared with null, or asked for its type.
    package let isProbe: Bool
    /// Where the name begins.
    package let position: SourcePosition

    /// Every use of `name` in an expression or in unary tests, in the order of the text.
    ///
    /// A text that is no expression gives what stands before its first mistake.
    package static func all(of name: String, in text: String) -> [NamePath] {
        let lexer = Lexer(text)
        var tokens: [Token] = []
        var index = 0
        while let token = try? lexer.token(at: index), token.kind != .end {
            tokens.append(token)
            index = token.end
        }
        return tokens.indices.compactMap { path(of: name, at: $0, in: tokens, lexer) }
    }

    private static func path(of name: String, at start: Int, in tokens: [Token], _ lexer: Lexer) -> NamePath? {
        guard tokens[start].isWord(name) else { return nil }
        if start > 0, tokens[start - 1].isSign(.dot) { return nil }
        var members: [String] = []
        var next = start + 1
        while next + 1 < tokens.count, tokens[next].isSign(.dot), case .word(let member) = tokens[next + 1].kind {
            members.append(member)
            next += 2
        }
        if members.isEmpty, next < tokens.count, tokens[next].isSign(.colon) { return nil }
        return NamePath(
            members: members,
            isProbe: isProbed(before: start, from: next, in: tokens),
            position: lexer.position(tokens[start].start)
        )
    }

    private static func isProbed(before start: Int, from next: Int, in tokens: [Token]) -> Bool {
        if next < tokens.count, tokens[next].isWord("instance") { return true }
        let isEquation = { (place: Int) in
            tokens.indices.contains(place) && (tokens[place].isSign(.equal) || tokens[place].isSign(.notEqual))
        }
        let isNull = { (place: Int) in tokens.indices.contains(place) && tokens[place].isWord("null") }
        return (isEquation(next) && isNull(next + 1)) || (isEquation(start - 1) && isNull(start - 2))
    }
}
