import Conversations
import Testing

@Suite("ConversationError")
struct ConversationErrorTests {
    @Test("keeps what it was made with")
    func members() {
        let error = ConversationError(.invalid, "no", argument: "amount")
        #expect(error.code == .invalid)
        #expect(error.argument == "amount")
    }
}
