import Redaction
import Testing
import Vocabulary

/// Redaction of JSON: numbers, texts and names of members.
@Suite struct RedactedValueTests {
    @Test(arguments: [
        (#"{"card":4111111111111111}"#, #"{"card":"[card]"}"#),
        (
            #"[4111111111111111,-4111111111111111,4.111111111111111e15,4111111111111111.0,411111111111111100e-2]"#,
            #"["[card]","[card]","[card]","[card]","[card]"]"#
        ),
        (
            #"{"4111111111111111":1,"5555 5555 5555 4444":2,"a":{"378282246310005":3}}"#,
            #"{"[card]":1,"[card] 2":2,"a":{"[card]":3}}"#
        ),
        (#"{"[card]":1,"4111111111111111":2}"#, #"{"[card]":1,"[card] 2":2}"#),
        (
            #"{"pin":2580,"cvv":"123","cardNumber":501800000009,"password":"hunter2"}"#,
            #"{"pin":"[pin]","cvv":"[cvv]","cardNumber":"[card]","password":"[password]"}"#
        ),
        (
            #"{"mail":"a@b.com","deep":[{"iban":"DE89 3704 0044 0532 0130 00"}],"phone":"030123456"}"#,
            #"{"mail":"[email]","deep":[{"iban":"[iban]"}],"phone":"[phone]"}"#
        ),
        (#"{"text":"my PIN is 2580 ok"}"#, #"{"text":"my PIN is [pin] ok"}"#),
    ])
    func `sensitive numbers, names and texts are replaced`(_ before: String, _ after: String) throws {
        #expect(Redactor().redact(try JSON(parsing: Array(before.utf8))) == (try JSON(parsing: Array(after.utf8))))
    }

    @Test(arguments: [
        #"{"order_number":501800000009,"orderId":"501800000009","total":49.99,"count":12,"big":1e400,"at":1790000000000}"#,
        #"{"key":"A1B2C3D4","token":"tier-2-gold","code":"SAVE2024","segment":"established","pin":true,"score":-0.25}"#,
        #"{"tier":1,"since":"2019-04-01","orders":[1234567,20250001],"language":"de","id":"c-1","n":12345678901234567890}"#,
    ])
    func `ordinary facts are unchanged`(_ text: String) throws {
        let value = try JSON(parsing: Array(text.utf8))
        #expect(Redactor().redact(value) == value)
    }

    @Test func `identifying values can be kept on request`() throws {
        let value = try JSON(parsing: Array(#"{"customer":{"id":"4111111111111111","x":"4111111111111111"}}"#.utf8))
        let expected = try JSON(parsing: Array(#"{"customer":{"id":"4111111111111111","x":"[card]"}}"#.utf8))
        #expect(Redactor().redact(value, keeping: ["customer.id"]) == expected)
    }
}
