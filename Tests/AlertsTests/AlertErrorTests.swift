import Alerts
import Testing

@Suite("AlertError")
struct AlertErrorTests {
    @Test("keeps what it was made with")
    func members() {
        let error = AlertError(.invalid, "no", argument: "amount")
        #expect(error.code == .invalid)
        #expect(error.argument == "amount")
    }
}
