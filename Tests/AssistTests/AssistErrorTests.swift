import Assist
import Testing

@Suite("AssistError")
struct AssistErrorTests {
    @Test("keeps what it was made with")
    func members() {
        let error = AssistError(.invalid, "no", argument: "amount")
        #expect(error.code == .invalid)
        #expect(error.argument == "amount")
    }
}
