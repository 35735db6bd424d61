import FrontlineProtocol

struct ServerInfoHandler: ImmediateMethodHandler {
    typealias Method = ServerInfo
    let startedAt: Timestamp

    func answer(_ params: Method.Params, for caller: Caller) -> Method.Result {
        Method.Result(
            name: "frontline",
            version: ProductVersion.text,
            protocol: ProductVersion.wireProtocol,
            startedAt: startedAt
        )
    }
}
