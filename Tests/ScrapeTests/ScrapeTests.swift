import Exposition
import Subprocess
import TestSupport
import Testing

@testable import Agent

/// Scrapes over a real socket, of collectors that behave and of others.
struct ScrapeTests {
    private func scrape(_ port: Int, _ method: String = "GET", _ headers: [String] = []) async throws -> RawReply {
        try await RawExchange.send(method, "/metrics", port: port, headers: headers)
    }

    /// What gzip itself makes of a body.
    private func unpacked(_ body: [UInt8]) async throws -> [UInt8] {
        let result = try await run(
            .name("gzip"), arguments: ["-dc"], input: .array(body), output: .bytes(limit: 1 << 20), error: .discarded)
        #expect(result.terminationStatus == .exited(0))
        return result.standardOutput
    }

    @Test func `gzip is what plain would have been, with its own length, for GET and HEAD`() async throws {
        let served = ServedRegistry()
        try served.registry.register(SeriesCollector())
        try await served.serve { port in
            let plain = try await scrape(port)
            let packed = try await scrape(port, "GET", ["Accept-Encoding: deflate, gzip;q=0.5"])
            #expect(plain.headers["content-encoding"] == nil)
            #expect(packed.headers["content-encoding"] == "gzip")
            #expect(packed.headers["content-length"] == "\(packed.body.count)")
            #expect(packed.headers["vary"] == "Accept, Accept-Encoding")
            #expect(packed.body.count * 3 < plain.body.count)
            let unpacked = try await unpacked(packed.body)
            let lines = String(decoding: unpacked, as: UTF8.self).split(separator: "\n")
            let rows = lines.filter { $0.hasPrefix("series{") }
            #expect(rows == plain.text.split(separator: "\n").filter { $0.hasPrefix("series{") })
            #expect(rows.count == 1000)
            let head = try await scrape(port, "HEAD", ["Accept-Encoding: gzip"])
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.headers["content-encoding"] == "gzip")
            #expect(try #require(head.headers["content-length"].flatMap(Int.init)) > 1000)
            let refused = try await scrape(port, "GET", ["Accept-Encoding: gzip;q=0"])
            #expect(refused.headers["content-encoding"] == nil)
            let post = try await scrape(port, "POST")
            #expect(post.status == 405 && post.headers["allow"] == "GET, HEAD")
        }
    }

    @Test func `protocol buffers have their content type and their length`() async throws {
        let served = ServedRegistry()
        try served.registry.register(SeriesCollector())
        try await served.serve { port in
            let accept =
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
            let reply = try await scrape(port, "GET", ["Accept: \(accept)"])
            #expect(reply.headers["content-type"] == ExpositionFormat.protobuf.contentType)
            #expect(reply.headers["content-length"] == "\(reply.body.count)")
        }
    }

    @Test func `a collector that throws costs its own families, a count and a log line`() async throws {
        let served = ServedRegistry()
        try served.registry.register(ThrowingCollector())
        try served.registry.register(SeriesCollector())
        try await served.serve { port in
            let reply = try await scrape(port)
            #expect(reply.status == 200)
            #expect(reply.text.contains("series{row=\"999\"} "))
            #expect(reply.text.contains("own_collector_failures_total{collector=\"throwing\",reason=\"threw\"} 1\n"))
            #expect(reply.text.contains("own_collector_success{collector=\"throwing\"} 0\n"))
        }
        #expect(served.log.all.contains("collector failed collector=throwing detail=out of order reason=threw"))
    }

    @Test func `a collector that hangs costs its own families, until it returns`() async throws {
        let served = ServedRegistry()
        let hanging = HangingCollector()
        try served.registry.register(hanging)
        try served.registry.register(SeriesCollector())
        try await served.serve { port in
            for _ in 0..<2 {
                let reply = try await scrape(port, "GET", ["X-Prometheus-Scrape-Timeout-Seconds: 1.5"])
                #expect(reply.status == 200)
                #expect(reply.text.contains("series{row=\"999\"} "))
                #expect(!reply.text.contains("\nhung "))
                #expect(reply.text.contains("own_collector_success{collector=\"hanging\"} 0\n"))
            }
            hanging.release()
            var reply = try await scrape(port)
            while !reply.text.contains("\nhung 1\n") { reply = try await scrape(port) }
            #expect(reply.text.contains("own_collector_success{collector=\"hanging\"} 1\n"))
        }
        #expect(served.log.all.contains("collector failed collector=hanging detail= reason=hung"))
    }

    @Test func `a scrape that cannot be answered in its time is refused, and others go on`() async throws {
        let served = ServedRegistry()
        let hanging = HangingCollector()
        try served.registry.register(hanging)
        try await served.serve { port in
            // So little that the time is over before the collector is given up.
            let late = try await scrape(port, "GET", ["X-Prometheus-Scrape-Timeout-Seconds: 0.000001"])
            #expect(late.status == 503)
            #expect(late.text == "the scrape could not be answered within its timeout\n")
            for nonsense in ["-1", "soon", "inf", "nan", "0"] {
                hanging.release()
                let reply = try await scrape(port, "GET", ["X-Prometheus-Scrape-Timeout-Seconds: \(nonsense)"])
                #expect(reply.status == 200)
            }
        }
    }

    @Test func `many scrapes at once are all answered, each with a whole page`() async throws {
        let served = ServedRegistry(maximumRequests: 64)
        try served.registry.register(SeriesCollector())
        let counter = Counter(.counter("scrapes_total", "Scrapes."))
        try served.registry.register(counter)
        try await served.serve { port in
            try await withThrowingTaskGroup(of: RawReply.self) { tasks in
                for _ in 0..<64 {
                    counter.increment()
                    let coding = Bool.random() ? "gzip" : "identity"
                    tasks.addTask { try await scrape(port, "GET", ["Accept-Encoding: \(coding)"]) }
                }
                for try await reply in tasks {
                    #expect(reply.status == 200)
                    let isPacked = reply.headers["content-encoding"] == "gzip"
                    let page = isPacked ? try await unpacked(reply.body) : reply.body
                    #expect(String(decoding: page, as: UTF8.self).contains("series{row=\"999\"} "))
                }
            }
        }
    }
}
