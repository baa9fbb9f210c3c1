import Testing

@testable import Agent

struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9876", "127.0.0.1", 9876), (":9876", "0.0.0.0", 9876), ("localhost:0", "localhost", 0),
        ("[::1]:65535", "::1", 65_535), ("example.org:80", "example.org", 80),
    ])
    func `host and port are taken apart`(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(arguments: [
        "", "localhost", "localhost:", "localhost:http", "localhost:65536", "localhost:-1", "localhost:+80", "::1:80",
        "[::1]", "[::1:80", "::1]:80", "[]:80", "[localhost]:80", "a b:80", "localhost:80 ", "localhost:٣",
    ])
    func `what is no address is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
