/// Logarithms with 384 bits after the point; Integration/decimal/constants.py prints this file.
enum LogarithmConstants {
    /// The natural logarithm of ten.
    static var naturalOfTen: FixedPoint {
        FixedPoint([
            0x31C32F00B17C35A0, 0x58BC0B5EC6A04173, 0x0F187A0807C0B5CA, 0x8A3FB3E76977E43A,
            0xA95B58AE0B4C28A3, 0x4D763776AAA2B05B, 0x0000000000000002,
        ])
    }

    /// The natural logarithm of two.
    static var naturalOfTwo: FixedPoint {
        FixedPoint([
            0x559552FB4AFA1B10, 0xE7B876206DEBAC98, 0x8A0D175B8BAAFA2B, 0x40F343267298B62D,
            0xC9E3B39803F2F6AF, 0xB17217F7D1CF79AB, 0x0000000000000000,
        ])
    }

    /// The decimal logarithm of Euler's number.
    static var decimalOfE: FixedPoint {
        FixedPoint([
            0x4911AAC96323250A, 0x3AA1277D0A0179F9, 0x1D1F96A27BC7529E, 0x1F71A30122E4D101,
            0x9AADD557D699EE19, 0x6F2DEC549B9438CA, 0x0000000000000000,
        ])
    }

    /// The natural logarithm of (33 + 2 × index) / 32, the middle of the sixteenth of [1, 2) with that index.
    static func naturalOfMiddle(_ index: UInt64) -> FixedPoint {
        switch index {
        case 0:
            FixedPoint([
                0x55D9A7BAE0A5D2E3, 0x8A38A3FFEC979E9D, 0xDF6C758FE3673DCD, 0xAEFAE14CDDF35AD1,
                0x3E3F04F1EF229FAE, 0x07E0A6C39E0CC013, 0x0000000000000000,
            ])
        case 1:
            FixedPoint([
                0xC1E6A872644009ED, 0x284AC3FEBA4A6521, 0x812F38A034B59AFD, 0x50C1EF65087FDF23,
                0xE499B9ED19B640CE, 0x16F0D28AE56B4B9B, 0x0000000000000000,
            ])
        case 2:
            FixedPoint([
                0xE399A8F636CD3025, 0xBDEF2E4CC81786FF, 0x3603F226DE50D341, 0xFBC9070F7E29FBAD,
                0x0BB8E203EDF4D109, 0x252AA5F03FEA4698, 0x0000000000000000,
            ])
        case 3:
            FixedPoint([
                0x421B1CF777B20123, 0x9BA61844978B7D19, 0x13DAA19ED7F0A39D, 0xA0BED3CF71766947,
                0x8260EA71712CEC4C, 0x32A4B539E8AD68EC, 0x0000000000000000,
            ])
        case 4:
            FixedPoint([
                0xC716725509140995, 0xE9C83E0F6589E221, 0x165F74D56916DDAA, 0x40584455B22C817B,
                0xAA8CD86F29A59412, 0x3F7230DABC7C551A, 0x0000000000000000,
            ])
        case 5:
            FixedPoint([
                0x3F7D530E8D291024, 0xF5FC616E20CD5936, 0x4CF267553164478E, 0x77AD6FB226F15213,
                0xB3246A14206CF37B, 0x4BA38AEB8474C270, 0x0000000000000000,
            ])
        case 6:
            FixedPoint([
                0xD1272B82F6D4B0E5, 0x3F984C404CA76681, 0x4DF9CBB7645143DC, 0x80B4A6B429A4BB09,
                0x36383DC7FE1159F3, 0x5746F6FD60272942, 0x0000000000000000,
            ])
        case 7:
            FixedPoint([
                0x29843AE0F0427892, 0x2FBBD96820267CBF, 0x501F739CC6F53831, 0xC63281B40515A31F,
                0x9C620440F055B3FF, 0x6268CE1B05096AD6, 0x0000000000000000,
            ])
        case 8:
            FixedPoint([
                0x775C37C2725E6611, 0xF528AC22E8C5FF87, 0xAA8920B12B96A198, 0x53AB4D08603CF111,
                0xFBB6ABA63878EF20, 0x6D13DDEF323D8A32, 0x0000000000000000,
            ])
        case 9:
            FixedPoint([
                0x8B63C7113E5B508F, 0x2451E71D7D60FBBE, 0x250FF6995C94D3AA, 0x50684CE6BAFCFD59,
                0x989A927476E1FE9F, 0x7751A813071282FB, 0x0000000000000000,
            ])
        case 10:
            FixedPoint([
                0xE2AF09CF0C759ABE, 0x0BA664483605037F, 0xA25591CFD7258B51, 0x4B8B8C4C34EBB89E,
                0xE34AEBF73FFE346E, 0x812A952D2E87F634, 0x0000000000000000,
            ])
        case 11:
            FixedPoint([
                0xE1958C8D438D5E9D, 0x50A4B66C38859B27, 0x26DFE9520E33C3DF, 0x3A330F341CF1FAEE,
                0x799D1CB2F14054ED, 0x8AA61E97A6AF4D4C, 0x0000000000000000,
            ])
        case 12:
            FixedPoint([
                0x92B0F0FD6DE19A53, 0xB09A0AAEA10DFDB1, 0x7437D6659EC6647E, 0x527D7309433BBDF4,
                0xC1F9EDCB438FFC03, 0x93CAF0944D88D75B, 0x0000000000000000,
            ])
        case 13:
            FixedPoint([
                0xA87F09FA3DC6A386, 0xBC176F0AB57FE9DB, 0x41E7A8452170E2C2, 0x1717C9E700413260,
                0x221301B6F8C38F62, 0x9C9F069AB150CD4E, 0x0000000000000000,
            ])
        case 14:
            FixedPoint([
                0x322AEC8E445C1B43, 0x23BD3235DB555408, 0x5BF1A66C84EBC206, 0x6F7191D8AF47E744,
                0x3DFA3D3761B6316E, 0xA527C2ED81F5D811, 0x0000000000000000,
            ])
        default:
            FixedPoint([
                0x869CBAD304F30D08, 0x0C7634647B2300E7, 0x7753B3C85B324A78, 0x839E04578161CCF7,
                0x4D552F811CD40845, 0xAD6A0261ACF967D9, 0x0000000000000000,
            ])
        }
    }
}
