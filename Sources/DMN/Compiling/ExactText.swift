/// A text that equals only texts with the same code points, unlike `String`, which equates equivalent ones.
struct ExactText: Hashable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }
}
