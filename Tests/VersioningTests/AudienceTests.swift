import Testing
import Versioning

/// Who gets a version, to the hundredth of a percent.
@Suite struct AudienceTests {
    /// Places of subjects from 0 to 9,999, computed by a separate implementation of FNV-1a with the finaliser of
    /// SplitMix64; they must never change, or running rollouts would reach other people.
    private static let places: [(subject: String, seed: String, place: Int64)] = [
        ("anna", "s", 3_287), ("ben", "s", 6_966), ("zoë", "thing/a/2", 3_145),
        ("agent-1", "script/late-delivery/7", 6_582), ("agent-2", "script/late-delivery/7", 88),
    ]

    @Test(arguments: places)
    func `a subject is reached by every share above its place, and by no smaller one`(
        subject: String,
        seed: String,
        place: Int64
    ) {
        let isReached = { Audience(share: $0).includes(subject, teams: [], seed: seed) }
        #expect(!isReached(0) && !isReached(place - 1) && !isReached(place))
        #expect(isReached(place + 1) && isReached(9_999) && isReached(10_000))
    }

    /// The places, from bytes to remainder, as the documentation of the algorithms has them.
    private static func place(_ subject: String, _ seed: String) -> Int64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in Array(seed.utf8) + [0] + Array(subject.utf8) {
            hash ^= UInt64(byte)
            hash = hash.multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
        }
        for (shift, factor) in [(30, UInt64(0xBF58_476D_1CE4_E5B9)), (27, 0x94D0_49BB_1331_11EB)] {
            hash ^= hash / (1 << shift)
            hash = hash.multipliedReportingOverflow(by: factor).partialValue
        }
        hash ^= hash / (1 << 31)
        return Int64(hash % 10_000)
    }

    @Test func `any subject has the place that a slow computation gives it`() {
        for number in 0..<300 {
            let (subject, seed) = ("agent-\(number)", "script/x/\(number % 7)")
            let place = Self.place(subject, seed)
            #expect(!Audience(share: place).includes(subject, teams: [], seed: seed))
            #expect(Audience(share: place + 1).includes(subject, teams: [], seed: seed))
        }
    }

    @Test(
        arguments: [
            (-5, 0), (0, 0), (1, 1), (9_999, 9_999), (10_000, 10_000), (10_001, 10_000), (Int64.max, 10_000),
            (.min, 0),
        ] as [(Int64, Int64)]
    )
    func `a share is from nobody to everybody`(given: Int64, expected: Int64) {
        #expect(Audience(share: given).share == expected)
    }

    @Test(
        arguments: [
            (nil, 10_000), (100, 10_000), (250, 10_000), (0, 0), (-1, 0), (12.34, 1_234), (33.333, 3_333), (0.005, 1),
            (0.004, 0), (99.99, 9_999),
        ] as [(Double?, Int64)]
    )
    func `percent become hundredths, rounded`(percent: Double?, share: Int64) {
        #expect(Audience(percent: percent, teams: nil).share == share)
    }

    @Test func `a share is told in percent, and only the whole without teams is everybody`() {
        #expect(
            Audience(share: 1_234).percent == 12.34 && Audience().percent == 100 && Audience(share: 1).percent == 0.01
        )
        #expect(
            Audience.everybody.isEverybody && Audience().isEverybody && Audience(percent: nil, teams: nil).isEverybody
        )
        #expect(
            !Audience(share: 9_999).isEverybody && !Audience(teams: ["a"]).isEverybody
                && !Audience(teams: []).isEverybody
        )
    }

    @Test(
        arguments: [
            (nil, [], true), (nil, ["a"], true), (["a"], ["a"], true), (["a", "b"], ["c", "b"], true),
            (["a"], ["b"], false), (["a"], [], false), ([], ["a"], false),
        ] as [(Set<String>?, [String], Bool)]
    )
    func `teams restrict even the whole`(teams: Set<String>?, own: [String], isIncluded: Bool) {
        #expect(Audience(teams: teams).includes("anna", teams: own, seed: "s") == isIncluded)
        // A share counts within the teams.
        #expect(Audience(share: 3_287, teams: teams).includes("anna", teams: own, seed: "s") == false)
        #expect(Audience(share: 3_288, teams: teams).includes("anna", teams: own, seed: "s") == isIncluded)
    }
}
