import Testing
import Texts

@Suite struct TextSetTests {
    private let english: TextSet
    private let german: TextSet

    init() throws {
        let en = try TextBook(
            yaml: """
                number.group: ","
                money: "{{amount}} {{currency}}"
                reason.late: late delivery
                only.english: In English
                greeting: "Hello {{who}}"
                """,
            locale: "en",
            file: "en.yaml"
        )
        let de = try TextBook(
            yaml: """
                number.decimal: ","
                number.group: "."
                money.EUR: "{{amount}} €"
                reason.late: verspätete Lieferung
                greeting: "Hallo {{who}}"
                """,
            locale: "de",
            file: "de.yaml"
        )
        english = TextSet(locale: "en", books: [en])
        german = TextSet(locale: "de", books: [de, en])
    }

    @Test func `numbers and amounts are formatted for the language`() {
        #expect(english.format(.money(amount: "1250.50", currency: "EUR")) == "1,250.50 EUR")
        #expect(german.format(.money(amount: "1250.50", currency: "EUR")) == "1.250,50 €")
        #expect(german.format(.money(amount: "9.90", currency: "CHF")) == "9,90 CHF")
        #expect(english.format(.figure(-0.456)) == "-0.46")
        #expect(german.format(.figure(-0.5)) == "-0,5")
        #expect(english.format(.figure(3)) == "3")
        #expect(german.format(.count(1_234_567)) == "1.234.567")
        #expect(english.format(.number("about 7")) == "about 7")
    }

    @Test func `codes have names, or are shown as words`() {
        #expect(german.format(.name(group: "reason", code: "late")) == "verspätete Lieferung")
        #expect(german.format(.name(group: "reason", code: "damaged_on_arrival")) == "damaged on arrival")
    }

    @Test func `a missing text falls back to the next language, and finally to its key`() {
        #expect(german.text("only.english") == "In English")
        #expect(german.text("greeting", ["who": .text("Anna")]) == "Hallo Anna")
        #expect(german.text("no.such.key") == "no.such.key")
    }

    @Test func `mapping a stored text changes only words`() {
        let keyed = KeyedText("greeting", ["who": .text("Anna"), "amount": .money(amount: "1.00", currency: "EUR")])
        let changed = keyed.mapWords { $0.uppercased() }
        #expect(german.text(changed) == "Hallo ANNA")
        #expect(changed.values["amount"] == keyed.values["amount"])
    }

    @Test func `words in several languages are those of the reader`() {
        let words = TextValue.words(["en": "Call back", "de": "Zurückrufen", "fr": "Rappeler"])
        #expect(german.format(words) == "Zurückrufen" && english.format(words) == "Call back")
        #expect(TextSet(locale: "fr-ca", books: []).format(words) == "Rappeler")
        #expect(TextSet(locale: "it", books: []).format(words) == "Call back")
        #expect(english.format(.words(["fr": "b", "es": "a"])) == "a" && english.format(.words([:])).isEmpty)
    }

    @Test func `mapping a stored text changes its words in every language`() {
        let changed = KeyedText("greeting", ["who": .words(["en": "a", "de": "b"])]).mapWords { $0.uppercased() }
        #expect(changed.values["who"] == .words(["en": "A", "de": "B"]))
    }

    @Test func `the built-in languages have the same keys and the same values in each text`() throws {
        let books = TextBook.builtIn
        #expect(Set(books.map(\.locale)) == ["de", "en"])
        let english = try #require(books.first { $0.locale == "en" })
        for book in books {
            #expect(Set(english.keys).subtracting(book.keys).isEmpty, "\(book.locale)")
            // Another language may have additional keys for the format of a currency.
            #expect(book.keys.filter { !$0.hasPrefix("money.") }.allSatisfy(english.keys.contains), "\(book.locale)")
            for key in english.keys { #expect(book.names(of: key) == english.names(of: key), "\(book.locale) \(key)") }
        }
    }
}
