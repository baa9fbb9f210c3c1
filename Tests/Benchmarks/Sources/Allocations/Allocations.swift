import Exposition
import Glibc
import MallocCount
import Workload

/// Counts the blocks of memory that a page takes when every value has changed, and fails if more series take more.
@main
struct Allocations {
    static func main() throws {
        var isClean = true
        for format in [ExpositionFormat.text, .openMetrics1, .protobuf] {
            for coding in [ContentCoding.identity, .gzip] {
                let counts = try [1_000, 10_000, 100_000].map { try count(series: $0, format, coding) }
                // The workload has eleven families however many series there are; an array that grows as it is filled
                // takes a block more each time it doubles.
                let isFlat = counts[1] <= counts[0] + 32 && counts[2] <= counts[0] + 64
                isClean = isClean && isFlat
                print("\(format), \(coding): \(counts) blocks a page at 1,000, 10,000 and 100,000 series")
            }
        }
        guard isClean else {
            print("the number of blocks grows with the number of series")
            exit(1)
        }
    }

    /// The fewest blocks that a page took of several.
    private static func count(series: Int, _ format: ExpositionFormat, _ coding: ContentCoding) throws -> Int {
        let workload = try Workload(series: series)
        var fewest = Int.max
        for seed in 1...8 {
            workload.change(every: 1, .fractional, seed: UInt64(seed))
            let before = malloc_count()
            let page = workload.registry.page(as: format, coding: coding)
            let after = malloc_count()
            if !page.bytes.isEmpty, seed > 2 { fewest = min(fewest, after - before) }
        }
        return fewest
    }
}
