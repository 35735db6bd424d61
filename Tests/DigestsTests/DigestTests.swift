import Digests
import Testing

@Suite struct DigestTests {
    /// The examples of FIPS 180-2, appendix B, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 agrees with the examples of its standard`(text: String, digest: String) {
        #expect(Bytes.hexadecimal(SHA256.digest(of: text)) == digest)
        #expect(Bytes.hexadecimal(SHA256.digest(of: Array(text.utf8))) == digest)
    }

    /// Cases 1, 2 and 6 of RFC 4231; the third has a key that is longer than a block.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC agrees repeatedly with the examples of RFC 4231`(key: [UInt8], text: String, code: String) {
        let keyed = KeyedDigest(key: key)
        for _ in 1...3 { #expect(Bytes.hexadecimal(keyed.code(of: text)) == code) }
    }

    @Test func `a key is used by many tasks at once`() async {
        let keyed = KeyedDigest(key: "secret")
        let alone = (0..<200).map { keyed.code(of: "text \($0)") }
        await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask { (number, keyed.code(of: "text \(number)")) }
            }
            for await (number, code) in group { #expect(code == alone[number]) }
        }
    }

    @Test(arguments: [1, 7, 64, 1_000]) func `an incremental digest equals the digest of the whole`(size: Int) {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let stream = SHA256.Stream()
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { stream.add($0) }
        }
        #expect(stream.finish() == SHA256.digest(of: bytes))
    }

    @Test func `random bytes differ`() {
        #expect(Bytes.random(32).count == 32)
        #expect(Bytes.random(32) != Bytes.random(32))
    }

    @Test func `bytes are written with two digits each`() {
        #expect(Bytes.hexadecimal([0, 1, 0x7f, 0xff]) == "00017fff")
    }
}

@Suite struct TextFormTests {
    /// The examples of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 agrees with the examples of its standard`(text: String, encoded: String) {
        #expect(Bytes.base64(Array(text.utf8)) == encoded)
        #expect(Bytes.base64([0xFB, 0xFF, 0xFE]) == "+//+")
    }

    /// The examples of FIPS 180-2, appendix A.
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ])
    func `SHA-1 agrees with the examples of its standard`(text: String, digest: String) {
        #expect(Bytes.hexadecimal(SHA1.digest(of: text)) == digest)
    }
}
