import Exposition
import FoundationEssentials
import Glibc
import Testing

@testable import Agent

struct ProcessCollectorTests {
    private func value(_ descriptor: Descriptor) throws -> Double {
        let families = ProcessCollector().collect()
        return try #require(families.first { $0.descriptor == descriptor }?.value())
    }

    @Test func `every family of a process is there`() {
        #expect(ProcessCollector().collect().map(\.descriptor) == ProcessCollector.descriptors)
        #expect(ProcessCollector().collect().allSatisfy { $0.series.count == 1 })
    }

    @Test func `time used grows as the kernel counts it`() throws {
        let before = try value(ProcessCollector.cpu)
        var usage = rusage()
        var spin = 0.0
        repeat {
            for number in 0..<100_000 { spin += Double(number).squareRoot() }
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        } while Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6 < before + 0.05
        #expect(spin > 0)
        #expect(try value(ProcessCollector.cpu) > before)
    }

    @Test func `memory is that of the status file, within what a running process changes`() throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        func bytes(_ name: String) throws -> Double {
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(name):") })
            return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) })
                * 1024
        }
        #expect(abs(try value(ProcessCollector.resident) / bytes("VmRSS") - 1) < 0.5)
        #expect(abs(try value(ProcessCollector.virtual) / bytes("VmSize") - 1) < 0.5)
    }

    @Test func `open files are counted, and bounded by the limit`() throws {
        let files = try (0..<64).map { _ in try #require(FileHandleNumber()) }
        #expect(try value(ProcessCollector.openFiles) >= Double(files.count))
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(try value(ProcessCollector.maximumFiles) == Double(limit.rlim_cur))
        #expect(try value(ProcessCollector.openFiles) < value(ProcessCollector.maximumFiles))
    }

    @Test func `the start lies between the boot and now`() throws {
        let uptime = try String(contentsOfFile: "/proc/uptime", encoding: .utf8)
        let sinceBoot = try #require(uptime.split(separator: " ").first.flatMap { Double($0) })
        let started = try value(ProcessCollector.started)
        let now = Date().timeIntervalSince1970
        // The kernel rounds the boot to a second.
        #expect(started > now - sinceBoot - 2)
        #expect(started < now + 1)
        #expect(try value(ProcessCollector.started) == started)
    }
}

/// An open descriptor that is closed when it goes.
private final class FileHandleNumber {
    private let descriptor: Int32

    init?() {
        descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }
}
