internal import Exposition

/// Which version is running, and whether its data is real.
struct BuildCollector: Collector {
    static let build = Descriptor.info(
        "touchline_build_info", "Version and revision of the running agent.", labels: ["version", "revision"])
    static let synthetic = Descriptor.gauge(
        "touchline_synthetic_data", "Whether the agent's league data is simulated (1) rather than real (0).")
    static let descriptors = [build, synthetic]

    let name = "build"
    let isSynthetic: Bool

    func collect() -> [Family] {
        var info = Family(Self.build)
        info.append(1, labels: [Version.number, Version.revision])
        return [info, Family(Self.synthetic, isSynthetic ? 1 : 0)]
    }
}
