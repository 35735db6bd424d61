import Resolution
import Testing

@Suite("ResolutionError")
struct ResolutionErrorTests {
    @Test("keeps what it was made with")
    func members() {
        let error = ResolutionError(.invalid, "no", argument: "amount")
        #expect(error.code == .invalid)
        #expect(error.argument == "amount")
    }
}
