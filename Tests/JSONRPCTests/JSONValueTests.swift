import JSONRPC
import Testing

@Test func writesWithoutSpaceAndInOrder() throws {
    let value = try JSON(parsing: #" { "b" : [ 1 , 2.50 , null ] , "a" : "x\ny" } "#)
    #expect(value.description == #"{"b":[1,2.50,null],"a":"x\ny"}"#)
}
