import TestSupport
import Testing

@testable import Agent

struct WebServerTests {
    private func refusal(_ address: String) async throws -> String? {
        let agent = try Example.agent(Example.settings { $0.web.listenAddresses = [address] })
        let error = await #expect(throws: AgentError.self) { try await withPages(agent) { _ in } }
        #expect(error?.description.contains("\n") == false)
        return error?.description
    }

    @Test func `an address that another server has is named`() async throws {
        let other = try LoopbackServer { _ in LoopbackResponse(status: 200) }
        #expect(
            try await refusal("127.0.0.1:\(other.port)")
                == "cannot listen on 127.0.0.1:\(other.port): Address already in use; --web.listen-address chooses another"
        )
    }

    @Test func `an address that is not this machine's is named`() async throws {
        #expect(
            try await refusal("192.0.2.1:0")
                == "cannot listen on 192.0.2.1:0: Cannot assign requested address; --web.listen-address chooses another"
        )
    }

    @Test func `a host that does not exist is named`() async throws {
        #expect(
            try await refusal("no.such.host.invalid:0")
                == "cannot listen on no.such.host.invalid:0: no such host; --web.listen-address chooses another")
    }
}
