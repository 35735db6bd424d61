/// Powers of ten as constants.
///
/// Written as switches over constants because the optimiser turns each into a static table in every module that inlines
/// it, without the lazy initialisation of a global array.
@usableFromInline
enum PowersOfTen {
    /// The largest exponent whose power fits `UInt64`.
    @usableFromInline static let largestNarrowExponent = 19
    /// The largest exponent whose power fits `UInt128`.
    @usableFromInline static let largestExponent = 38
    /// The largest exponent whose power of five fits `UInt64`.
    static let largestNarrowFive = 27

    /// Ten to the power of `exponent`, for 0 to 19; any other exponent gives zero.
    @inlinable
    @inline(__always)
    static func narrow(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1_000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        case 11: 100_000_000_000
        case 12: 1_000_000_000_000
        case 13: 10_000_000_000_000
        case 14: 100_000_000_000_000
        case 15: 1_000_000_000_000_000
        case 16: 10_000_000_000_000_000
        case 17: 100_000_000_000_000_000
        case 18: 1_000_000_000_000_000_000
        case 19: 10_000_000_000_000_000_000
        default: 0
        }
    }

    /// Ten to the power of `exponent`, for 0 to 38; any other exponent gives zero.
    @inlinable
    @inline(__always)
    static func wide(_ exponent: Int) -> UInt128 {
        UInt128(truncatingIfNeeded: lowWord(exponent)) | UInt128(truncatingIfNeeded: highWord(exponent)) << 64
    }

    @inlinable
    @inline(__always)
    static func lowWord(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 0x0000000000000001
        case 1: 0x000000000000000A
        case 2: 0x0000000000000064
        case 3: 0x00000000000003E8
        case 4: 0x0000000000002710
        case 5: 0x00000000000186A0
        case 6: 0x00000000000F4240
        case 7: 0x0000000000989680
        case 8: 0x0000000005F5E100
        case 9: 0x000000003B9ACA00
        case 10: 0x00000002540BE400
        case 11: 0x000000174876E800
        case 12: 0x000000E8D4A51000
        case 13: 0x000009184E72A000
        case 14: 0x00005AF3107A4000
        case 15: 0x00038D7EA4C68000
        case 16: 0x002386F26FC10000
        case 17: 0x016345785D8A0000
        case 18: 0x0DE0B6B3A7640000
        case 19: 0x8AC7230489E80000
        case 20: 0x6BC75E2D63100000
        case 21: 0x35C9ADC5DEA00000
        case 22: 0x19E0C9BAB2400000
        case 23: 0x02C7E14AF6800000
        case 24: 0x1BCECCEDA1000000
        case 25: 0x161401484A000000
        case 26: 0xDCC80CD2E4000000
        case 27: 0x9FD0803CE8000000
        case 28: 0x3E25026110000000
        case 29: 0x6D7217CAA0000000
        case 30: 0x4674EDEA40000000
        case 31: 0xC0914B2680000000
        case 32: 0x85ACEF8100000000
        case 33: 0x38C15B0A00000000
        case 34: 0x378D8E6400000000
        case 35: 0x2B878FE800000000
        case 36: 0xB34B9F1000000000
        case 37: 0x00F436A000000000
        case 38: 0x098A224000000000
        default: 0
        }
    }

    @inlinable
    @inline(__always)
    static func highWord(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 20: 0x0000000000000005
        case 21: 0x0000000000000036
        case 22: 0x000000000000021E
        case 23: 0x000000000000152D
        case 24: 0x000000000000D3C2
        case 25: 0x0000000000084595
        case 26: 0x000000000052B7D2
        case 27: 0x00000000033B2E3C
        case 28: 0x00000000204FCE5E
        case 29: 0x00000001431E0FAE
        case 30: 0x0000000C9F2C9CD0
        case 31: 0x0000007E37BE2022
        case 32: 0x000004EE2D6D415B
        case 33: 0x0000314DC6448D93
        case 34: 0x0001ED09BEAD87C0
        case 35: 0x0013426172C74D82
        case 36: 0x00C097CE7BC90715
        case 37: 0x0785EE10D5DA46D9
        case 38: 0x4B3B4CA85A86C47A
        default: 0
        }
    }

    /// Five to the power of `exponent`, for 0 to 27; any other exponent gives zero.
    @inline(__always)
    static func five(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 5
        case 2: 25
        case 3: 125
        case 4: 625
        case 5: 3_125
        case 6: 15_625
        case 7: 78_125
        case 8: 390_625
        case 9: 1_953_125
        case 10: 9_765_625
        case 11: 48_828_125
        case 12: 244_140_625
        case 13: 1_220_703_125
        case 14: 6_103_515_625
        case 15: 30_517_578_125
        case 16: 152_587_890_625
        case 17: 762_939_453_125
        case 18: 3_814_697_265_625
        case 19: 19_073_486_328_125
        case 20: 95_367_431_640_625
        case 21: 476_837_158_203_125
        case 22: 2_384_185_791_015_625
        case 23: 11_920_928_955_078_125
        case 24: 59_604_644_775_390_625
        case 25: 298_023_223_876_953_125
        case 26: 1_490_116_119_384_765_625
        case 27: 7_450_580_596_923_828_125
        default: 0
        }
    }

    /// The number of decimal digits of `value`; zero has none.
    @inlinable
    @inline(__always)
    static func digitCount(_ value: UInt128) -> Int {
        let bitCount = 128 - value.leadingZeroBitCount
        // 1233 / 4096 is just above log10(2): the estimate is right or one too small.
        let estimate = (bitCount &* 1233) >> 12
        return value >= wide(estimate) ? estimate &+ 1 : estimate
    }
}
