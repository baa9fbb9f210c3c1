// swift-tools-version:6.1
import PackageDescription

// A package of its own, so that who builds Touchline does not build the benchmark library. The rooms under test are
// symbolic links: they are libraries to nobody else.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .target(name: "Exposition", swiftSettings: house),
        .target(name: "Workload", dependencies: ["Exposition"], swiftSettings: house),
        .executableTarget(
            name: "ServeSeries",
            dependencies: [
                "Exposition", "Workload",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: house),
        .executableTarget(name: "Soak", swiftSettings: house),
        .executableTarget(name: "Change", dependencies: ["Exposition", "Workload"], swiftSettings: house),
        .target(name: "MallocCount"),
        .executableTarget(
            name: "Allocations", dependencies: ["Exposition", "MallocCount", "Workload"], swiftSettings: house),
        .executableTarget(
            name: "ExpositionBenchmarks",
            dependencies: ["Exposition", "Workload", .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/Exposition",
            swiftSettings: house,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
