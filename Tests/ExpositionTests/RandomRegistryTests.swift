import Exposition
import FoundationEssentials
import Subprocess
import Testing

/// Any names, texts and numbers come back from other people's parsers as they went in.
///
/// `TOUCHLINE_RANDOM_REGISTRIES` says how many registries are tried; the gate tries more than a test run does.
struct RandomRegistryTests {
    private static let count =
        ProcessInfo.processInfo.environment["TOUCHLINE_RANDOM_REGISTRIES"].flatMap(UInt64.init) ?? 200

    @Test func `Python reads every series and value of random registries in every format`() async throws {
        for first in stride(from: 0, to: Self.count, by: 1000) {
            var cases: [Referee.Case] = []
            for number in first..<min(first + 1000, Self.count) {
                let random = try RandomRegistry(number: number)
                for format in ExpositionFormat.allCases {
                    let coding: ContentCoding = number % 2 == 0 ? .gzip : .identity
                    let page = random.registry.page(as: format, coding: coding)
                    let own = random.registry.gather().filter { $0.descriptor.name.hasPrefix("own") }
                    let samples = (random.families + own).flatMap { ExpectedSample.all(of: $0, as: format) }
                    cases.append(Referee.Case("registry \(number) as \(format)", page, samples))
                }
            }
            let verdict = try await Referee.judge(cases)
            #expect(verdict.faults.prefix(10) == [])
            #expect(verdict.summary.hasPrefix("read \(cases.count) cases, "))
        }
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics1, .openMetrics001])
    func `The strict reader reads random registries, in their order`(format: ExpositionFormat) throws {
        for number in 0..<Self.count {
            let random = try RandomRegistry(number: number)
            let page = try StrictPage(random.registry.page(as: format).bytes, isOpenMetrics: format != .text)
            let gathered = random.registry.gather().filter { !$0.isEmpty }
            let names = gathered.map { format == .text ? $0.descriptor.name : $0.descriptor.familyName }
            #expect(page.families.map(\.name) == names, "registry \(number)")
            let expected = gathered.flatMap { ExpectedSample.all(of: $0, as: format) }.map(\.bytes)
            let found = page.samples.map(\.bytes)
            #expect(found.count == expected.count && Set(found) == Set(expected), "registry \(number)")
        }
    }

    @Test func `promtool accepts random registries`() async throws {
        for first in stride(from: 0, to: Self.count, by: 500) {
            var page: [UInt8] = []
            for number in first..<min(first + 500, Self.count) {
                page += try RandomRegistry(number: number).registry.page(as: .text).bytes
            }
            let result = try await run(
                .name("promtool"), arguments: ["check", "metrics"], input: .array(page), output: .string(limit: 65_536),
                error: .string(limit: 65_536))
            #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        }
    }
}
