import Glibc

/// Seconds and bytes of this process.
enum Measure {
    /// Seconds of all threads on a processor.
    static var cpuSeconds: Double {
        let usage = usage
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    static var wallSeconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }

    /// The most memory that was ever resident.
    static var peakMegabytes: Double { Double(usage.ru_maxrss) / 1000 }

    private static var usage: rusage {
        var usage = rusage()
        getrusage(0, &usage)
        return usage
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[sorted.count / 2]
    }
}
