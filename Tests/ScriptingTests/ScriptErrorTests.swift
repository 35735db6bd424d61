import Scripting
import Testing

@Suite("ScriptError")
struct ScriptErrorTests {
    @Test("keeps what it was made with")
    func members() {
        let error = ScriptError(.invalid, "no", argument: "amount")
        #expect(error.code == .invalid)
        #expect(error.argument == "amount")
    }
}
