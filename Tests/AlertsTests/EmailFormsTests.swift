import Alerts
import Foundation
import Testing

/// What of an e-mail was written for it, by the forms of the sample signals.
@Suite struct EmailFormsTests {
    private static let sample = Result {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let yaml = try String(contentsOf: root.appendingPathComponent("rules/signals.yaml"), encoding: .utf8)
        return try SignalBook(yaml: yaml, file: "signals.yaml").email
    }

    @Test(
        arguments: [
            ("Hello\n> quoted\nmore", "Hello\nmore"),
            ("Yes please.\n\nOn Mon, 5 Jan 2026 at 10:00, Anna <[email]> wrote:\nAll of this is old.", "Yes please."),
            ("Yes.\nOn Mon, 5 Jan 2026 at 10:00,\nAnna Smith <[email]>\nwrote:\n> old\nBelow it.", "Yes.\nBelow it."),
            ("Ja bitte.\nAm 05.01.2026 um 10:00 schrieb Anna <[email]>:\n> alt", "Ja bitte."),
            ("Nein.\nVon: Service <[email]>\nGesendet: Montag, 5. Januar 2026\nAn: mich\n\nalt", "Nein."),
            ("No.\nFrom: Service\nSent: Monday\nTo: me\n\nold", "No."),
            ("Thanks\n-- \nMia\nHead of lawyers", "Thanks"),
            ("Thanks\nSent from my iPhone", "Thanks"), ("Danke\nVon meinem iPhone gesendet", "Danke"),
            ("Danke\n-----Ursprüngliche Nachricht-----\nalt", "Danke"),
            ("> all of it\n> is quoted", ""), ("From: the beginning I was unhappy.\nReally.", nil),
            ("On Monday I called you and nobody wrote back.", nil), ("I was sent from my shop to yours.", nil),
            ("5 > 3 and -- so on", nil),
        ] as [(String, String?)]
    )
    func written(text: String, words: String?) throws {
        let forms = try Self.sample.get()
        let written = forms.written(in: text, channel: "email")
        #expect(written.trimmingCharacters(in: .whitespacesAndNewlines) == words ?? text)
        #expect(forms.written(in: text, channel: "chat") == text)
    }

    @Test(arguments: [
        "email: {attributions: ['*']}", "email: {signatures: ['Hi *']}", "email: {headers: [['From:']]}",
        "email: {colours: [red]}",
    ])
    func `forms that would cut off what customers write are refused`(yaml: String) {
        #expect(throws: SignalError.self) { try SignalBook(yaml: yaml, file: "signals.yaml") }
    }

    @Test func `a long letter costs little`() throws {
        let forms = try Self.sample.get()
        let text = String(repeating: "On a day he said\n", count: 1_000)
        let time = ContinuousClock().measure { _ = forms.written(in: text, channel: "email") }
        #expect(time < .seconds(5))
    }
}
