import FrontlineProtocol
import JSONRPC
import Testing
import Vocabulary

@Suite struct MethodDeclarationTests {
    @Test func `every parameter has its text, and every text its parameter`() {
        for method in FrontlineMethods.all {
            #expect(Set(method.parameters.keys) == Set(Self.members(of: method)), "\(method.name)")
        }
    }

    @Test func `every text is one of a sentence, in one line`() {
        for method in FrontlineMethods.all {
            for text in [method.summary] + method.parameters.values {
                #expect(!text.isEmpty && !text.contains("\n") && !text.hasSuffix("."), "\(method.name): \(text)")
            }
        }
    }

    private static func members<M: RPCMethod>(of method: M.Type) -> [String] {
        var schemas = JSONSchema.Collection(prefix: "#/")
        return schemas.members(of: M.Params.self)?.map(\.name) ?? []
    }
}
