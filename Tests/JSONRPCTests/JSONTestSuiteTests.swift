import JSONRPC
import PublicData
import Testing
import Vocabulary

/// The public JSON test suite: `y_` is to be read, `n_` to be refused, `i_` is ours to decide.
@Suite(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
struct JSONTestSuiteTests {
    private static let folder = "json/jsontestsuite/test_parsing"

    @Test func everyFileIsDecidedAsItsNameSays() throws {
        let names = try PublicData.names(Self.folder)
        #expect(names.count > 300)
        for name in names {
            let bytes = try PublicData.bytes("\(Self.folder)/\(name)")
            let value = try? JSON(parsing: bytes)
            switch name.prefix(2) {
            case "y_": #expect(value != nil, "\(name)")
            case "n_": #expect(value == nil, "\(name)")
            default: break
            }
        }
    }

    @Test func everyFileSentAsALineIsAnswered() async throws {
        let dispatcher = Dispatcher<Int>()
        for name in try PublicData.names(Self.folder) {
            let line = try PublicData.bytes("\(Self.folder)/\(name)")
            guard !line.contains(UInt8(ascii: "\n")), line.contains(where: { $0 > 0x20 }) else { continue }
            let answer = try #require(await dispatcher.handle(line, context: 0), "\(name)")
            let answered = try JSON(parsing: answer)
            let code = (answered[0] ?? answered)["error"]?["code"]?.int
            switch name.prefix(2) {
            case "y_": #expect(code == -32600, "\(name)")
            default: #expect(code == -32700 || code == -32600, "\(name)")
            }
        }
    }
}
