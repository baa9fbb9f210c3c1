import Exposition
import Testing

struct ContentCodingTests {
    @Test(
        arguments: [
            (nil, .identity), ("", .identity), ("gzip", .gzip), ("GZIP", .gzip), ("x-gzip", .gzip),
            ("gzip, deflate, br", .gzip), ("deflate, gzip;q=1.0, *;q=0.5", .gzip), ("gzip;q=0", .identity),
            ("gzip; q=0.000", .identity), ("gzip;q=0.001", .gzip), ("identity;q=1, gzip;q=0.5", .identity),
            ("identity;q=0.5, gzip;q=0.5", .gzip), ("*", .identity), ("identity;q=0, *", .gzip), ("deflate", .identity),
            ("gzip;q=nonsense", .identity), ("gzip;q=2", .identity), (",;, ;q=1, gzip", .gzip), ("gzip;x=1", .gzip),
        ] as [(String?, ContentCoding)])
    func `Gzip is for those who take it, by weight`(header: String?, coding: ContentCoding) {
        #expect(ContentCoding.negotiated(acceptEncoding: header) == coding)
    }
}
