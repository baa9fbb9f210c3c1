internal import Exposition
internal import Dispatch
internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Workload

/// Serves a registry of many series as the agent does, for load tests: `ServeSeries <port> <series> <change every>`.
///
/// Before each scrape every n-th series changes; with 0 none does. A fourth number is that of threads that update
/// instruments all the time, a fifth that of gauges of one family that change before each scrape besides. `/cpu` answers
/// with the milliseconds of processor time used so far, less that of the changing, `/rss` with the peak of the resident
/// memory in KiB.
@main
struct ServeSeries {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count >= 3 else {
            print("usage: ServeSeries <port> <series> <change every> [<threads> [<changed in one family>]]")
            exit(1)
        }
        Allocator.returnLargeBlocks()
        let workload = try Workload(series: arguments[1])
        let responder = Responder(
            workload: workload, step: arguments[2], first: arguments.count > 4 ? arguments[4] : 0)
        for thread in 0..<(arguments.count > 3 ? arguments[3] : 0) {
            DispatchQueue(label: "hammer \(thread)").async { workload.hammer(thread) }
        }
        let loop = EventLoopGroupProvider.singleton.eventLoopGroup.next()
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: arguments[0])),
            eventLoopGroupProvider: .shared(loop), logger: Logger(label: "serve") { _ in SwiftLogNoOpLogHandler() })
        try await withTaskExecutorPreference(EventLoopExecutor(loop)) { try await application.run() }
    }
}

struct Responder: HTTPResponder {
    typealias Context = BasicRequestContext

    let workload: Workload
    let step: Int
    let first: Int
    let changing = Milliseconds()
    let desk: ScrapeDesk

    init(workload: Workload, step: Int, first: Int) {
        self.workload = workload
        self.step = step
        self.first = first
        desk = ScrapeDesk(registry: workload.registry, logger: Logger(label: "desk") { _ in SwiftLogNoOpLogHandler() })
    }

    func respond(to request: Request, context: Context) async -> Response {
        switch request.uri.path {
        case "/cpu": return text("\(Milliseconds.used(CLOCK_PROCESS_CPUTIME_ID) - changing.total)")
        case "/rss":
            var usage = rusage()
            getrusage(0, &usage)
            return text("\(usage.ru_maxrss)")
        default: return await scrape(request)
        }
    }

    private func scrape(_ request: Request) async -> Response {
        if step > 0 || first > 0 {
            let before = Milliseconds.used(CLOCK_THREAD_CPUTIME_ID)
            workload.changeFirst(first, seed: UInt64(before * 1e6))
            if step > 0 { workload.change(every: step, .fractional, seed: UInt64(before * 1e6)) }
            changing.add(Milliseconds.used(CLOCK_THREAD_CPUTIME_ID) - before)
        }
        let format = ExpositionFormat.negotiated(accept: request.headers[.accept])
        let coding = ContentCoding.negotiated(acceptEncoding: request.headers[.acceptEncoding])
        guard let page = await desk.page(format, coding, within: .seconds(10)) else {
            return Response(status: .serviceUnavailable)
        }
        var headers: HTTPFields = [.contentType: format.contentType]
        if coding == .gzip { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: page))
    }

    private func text(_ text: String) -> Response {
        Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
