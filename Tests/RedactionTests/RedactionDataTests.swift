import Foundation
import PublicData
import Redaction
import Testing

/// Recall and precision on the public messages of `pii/dlp` in the test data folder, over the kinds covered.
@Suite(.enabled(if: PublicData.isExpected, "\(PublicData.absence)"))
struct RedactionDataTests {
    /// The prefix of each test in the data set that the redactor covers.
    private static let covered = [
        "Email Addresses", "Phone Numbers", "Relative Contacts", "Social Security Numbers (SSN)",
        "Driver's License Numbers",
        "Passport Numbers", "National ID Numbers", "Visa Numbers", "Tax ID Numbers", "Voter ID Numbers",
        "Payment Details",
        "Bank Account Info", "Cryptocurrency Addresses", "Passwords", "PINs", "Security Codes", "License Keys",
        "API Keys",
        "IP Addresses", "WiFi Passwords", "Dates of Birth", "IMEI Numbers", "MAC Addresses", "Session Tokens",
        "Two-Factor Authentication Codes", "Recovery Emails/Phones",
    ]

    @Test func `spelled-out values are found, and messages without any are unchanged`() throws {
        var found = ["Direct": 0, "Typo": 0]
        var all = ["Direct": 0, "Typo": 0]
        var wrong = 0
        for row in try TestData.rows(of: "pii/dlp/general_sensitive.csv") where row.count > 5 {
            let isHit = Redactor().redact(row[5]).isChanged
            if row[3] == "Negative" {
                wrong += isHit ? 1 : 0
            } else if Self.covered.contains(where: { row[2].hasPrefix($0 + ":") }), all[row[4]] != nil {
                all[row[4], default: 0] += 1
                found[row[4], default: 0] += isHit ? 1 : 0
            }
        }
        #expect(all == ["Direct": 52, "Typo": 52])
        #expect((found["Direct"] ?? 0) >= 49)
        #expect((found["Typo"] ?? 0) >= 43)
        #expect(wrong <= 2)
    }

    /// Messages of customers to a bank and to shops, and articles of a bank, which contain no other sensitive values.
    @Test(arguments: [
        ("search/banking77/train.csv", 0), ("search/banking77/test.csv", 0), ("sentiment/sst2/dev.tsv", 0),
        ("sentiment/uci/Sudar_amazon_cells_labelled.txt", 0), ("sentiment/uci/Sudar_yelp_labelled.txt", 0),
        ("sentiment/vader/amazonReviewSnippets_GroundTruth.txt", 1), ("sentiment/vader/tweets_GroundTruth.txt", 2),
        ("sentiment/vader/nytEditorialSnippets_GroundTruth.txt", 1),
    ])
    func `ordinary texts are unchanged`(_ name: String, _ telephonesAndAddresses: Int) throws {
        let lines = try name.hasSuffix(".csv") ? TestData.rows(of: name).compactMap(\.first) : TestData.lines(of: name)
        let changed = lines.filter { Redactor().redact($0).isChanged }
        #expect(lines.count > 500)
        #expect(changed.count <= telephonesAndAddresses, "\(changed)")
    }
}

enum TestData {
    /// The last column of each line of a file.
    static func lines(of name: String) throws -> [String] {
        try PublicData.text(name).split(whereSeparator: \.isNewline).map { line in
            line.split(separator: "\t").last.map(String.init) ?? ""
        }
    }

    /// The rows of a file of comma-separated values, including the header.
    static func rows(of name: String) throws -> [[String]] {
        var rows: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        for character in try PublicData.text(name) {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(field)
                field = ""
            case "\n" where !isQuoted, "\r\n" where !isQuoted:
                rows[rows.count - 1].append(field)
                field = ""
                rows.append([])
            default: field.append(character)
            }
        }
        return rows
    }
}
