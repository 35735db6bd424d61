import FEEL
import Testing

@Suite struct SyntaxErrorTests {
    @Test(arguments: [
        ("", SyntaxError.Code.incomplete, 1, 1), ("1 +", .incomplete, 1, 4), ("(1", .incomplete, 1, 3),
        ("1 2", .unexpected, 1, 3), ("\"abc", .incomplete, 1, 1), ("1 +\n\n ]", .incomplete, 3, 3),
        ("{a: 1, a: 2}", .duplicate, 1, 8), ("/* x", .incomplete, 1, 1), ("#", .unexpected, 1, 1),
        ("if true then 1", .incomplete, 1, 15), ("[1, 2", .incomplete, 1, 6), ("f(a: 1, a: 2)", .duplicate, 1, 9),
        ("function(a, a) a", .duplicate, 1, 13), ("{a: 1,}", .unexpected, 1, 7), ("1e999999", .literal, 1, 1),
        ("for i in [1] i", .unexpected, 1, 14),
    ])
    func textThatIsNoExpressionIsRefusedWithItsPlace(
        _ text: String,
        _ code: SyntaxError.Code,
        _ line: Int,
        _ column: Int
    ) {
        #expect {
            try Expression(text)
        } throws: { error in
            guard let error = error as? SyntaxError else { return false }
            return error.code == code && error.position == SourcePosition(line: line, column: column)
        }
    }
}
