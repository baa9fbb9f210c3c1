internal import Exposition
internal import Glibc

/// The standard metrics of a process, read from the kernel's own memory under /proc.
struct ProcessCollector: Collector {
    static let cpu = Descriptor.counter(
        "process_cpu_seconds_total", "User and system time that the process has used, in seconds.")
    static let resident = Descriptor.gauge("process_resident_memory_bytes", "Resident memory of the process in bytes.")
    static let virtual = Descriptor.gauge("process_virtual_memory_bytes", "Virtual memory of the process in bytes.")
    static let openFiles = Descriptor.gauge("process_open_fds", "Open file descriptors of the process.")
    static let maximumFiles = Descriptor.gauge(
        "process_max_fds", "The most file descriptors that the process may open.")
    static let started = Descriptor.gauge("process_start_time_seconds", "Unix time at which the process started.")
    static let descriptors = [cpu, resident, virtual, openFiles, maximumFiles, started]

    let name = "process"

    func collect() -> [Family] {
        let fields = statistics()
        let tick = Double(sysconf(Int32(_SC_CLK_TCK)))
        let used = fields.flatMap { $0.count > 12 ? ($0[11] + $0[12]) / tick : nil }
        return [
            Family(Self.cpu, used),
            Family(
                Self.resident, fields.flatMap { $0.count > 21 ? $0[21] * Double(sysconf(Int32(_SC_PAGESIZE))) : nil }),
            Family(Self.virtual, fields.flatMap { $0.count > 20 ? $0[20] : nil }),
            Family(Self.openFiles, openDescriptors()),
            Family(Self.maximumFiles, descriptorLimit()),
            Family(Self.started, fields.flatMap { fields in bootTime().map { $0 + fields[19] / tick } }),
        ]
    }

    /// The numbers of /proc/self/stat from its third field on; the second, the command's name, may hold blanks.
    private func statistics() -> [Double]? {
        guard let text = contents(of: "/proc/self/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ").map { Double($0) ?? 0 }
        return fields.count > 21 ? fields : nil
    }

    /// Unix time of the boot, from which the kernel counts a process' start.
    private func bootTime() -> Double? {
        contents(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst("btime ".count)) }
    }

    private func openDescriptors() -> Double? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Not counted: `.`, `..` and the descriptor that reads the directory.
        return Double(count - 3)
    }

    private func descriptorLimit() -> Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(7), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }

    private func contents(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
