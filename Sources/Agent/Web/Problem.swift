internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird

extension Response {
    /// What went wrong, for programs, as RFC 9457 has it; `instance` is a number to find the request again by.
    static func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        struct Problem: Encodable {
            let type = "about:blank"
            let title: String
            let status: Int
            let detail: String
            let instance: String
        }
        let problem = Problem(
            title: status.reasonPhrase, status: status.code, detail: detail,
            instance: "urn:request:\(String(UInt64.random(in: .min ... .max), radix: 16))")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(problem)) ?? Data("{}".utf8)
        return Response(status, "application/problem+json", Array(body))
    }
}
