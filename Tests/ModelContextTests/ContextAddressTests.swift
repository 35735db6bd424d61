import ModelContext
import Testing

/// Addresses of resources.
@Suite struct ContextAddressTests {
    @Test(arguments: [
        "late-delivery-refund", "a/b", "ä ö", "%41", "..", "x?y#z", "frontline://articles/en/x", "a\u{0}b", "🙂", "+",
    ])
    func `any id has one address, which reads back`(id: String) throws {
        for address in [ContextAddress.article(id: id, locale: "en"), .article(id: "x", locale: id), .script(id: id)] {
            #expect(ContextAddress(address.text) == address)
            #expect(address.text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        }
    }

    @Test(arguments: [
        "", "frontline://", "frontline://articles", "frontline://articles/en", "frontline://articles/en/",
        "frontline://articles//x",
        "frontline://articles/en/a/b", "frontline://scripts/", "frontline://scripts/a/b", "frontline://turns/x",
        "file:///etc/passwd",
        "FRONTLINE://scripts/x", "frontline://scripts/%61", "frontline://scripts/%2e%2e", "frontline://scripts/%zz",
        "frontline://scripts/a b",
        "frontline://scripts/ä", "frontline://scripts/x?version=1", "frontline://scripts/x#y", " frontline://scripts/x",
        "frontline://scripts/" + String(repeating: "x", count: 2_000),
    ])
    func `everything else is no address`(text: String) {
        #expect(ContextAddress(text) == nil)
    }
}
