/// The C library's memory allocator, from which everything in the process gets its memory.
enum Allocator {
    /// Parameters of `mallopt`, from glibc's `malloc.h`, which Swift's module of glibc leaves out.
    private enum Parameter: Int32 {
        case mmapThreshold = -3
        case arenaMax = -8
    }

    /// Makes the allocator give the memory of large things back as soon as they are freed.
    ///
    /// By itself glibc learns from the first large thing that is freed to keep such memory, in each of up to eight arenas
    /// a core; so a process that serves pages to many scrapers at once comes to hold many times what it uses. It is to
    /// be called once, before there are threads.
    static func returnLargeBlocks() {
        _ = mallopt(Parameter.mmapThreshold.rawValue, 256 * 1024)
        _ = mallopt(Parameter.arenaMax.rawValue, 4)
    }
}

@_silgen_name("mallopt")
private func mallopt(_ parameter: Int32, _ value: Int32) -> Int32
