// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// For modules that do nothing but arithmetic: optimised in debug builds too, and as a whole, for generic code in one of
/// their files is used in others.
///
/// Tests spend most of their time in them. Overflows and bounds are still checked.
let arithmetic =
    house + [
        .unsafeFlags(
            ["-O", "-disable-batch-mode", "-whole-module-optimization", "-num-threads", "4"],
            .when(configuration: .debug))
    ]

/// A module of the house: a leaf unless it says what it imports.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
    swiftSettings: [SwiftSetting] = house
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "touchline",
    products: [.executable(name: "touchline", targets: ["Command"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "Clibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "Clibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room("Exposition"),
        room("ExpositionMetrics", ["Exposition", .product(name: "CoreMetrics", package: "swift-metrics")]),
        room("Forest", swiftSettings: arithmetic),
        room("Drift", swiftSettings: arithmetic),
        room("Football", swiftSettings: arithmetic),
        room("Simulation", ["Football"]),
        room("Fetch", ["Clibcurl"]),
        room("History", ["Clibpq", "Football", subprocess, system], resources: [.embedInCode("Migrations")]),
        room(
            "Agent",
            [
                "Exposition", "Forest", "Drift", "Football", "Simulation", "Fetch", "History",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                subprocess, system,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .executableTarget(
            name: "Command",
            dependencies: ["Agent", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: house
        ),
        .target(
            name: "TestSupport", dependencies: ["Football", "History"], path: "Tests/TestSupport", swiftSettings: house),
        tests("Exposition", ["Exposition", "TestSupport", subprocess, system], exclude: ["Referees/referee.py"]),
        tests(
            "ExpositionMetrics",
            ["Exposition", "ExpositionMetrics", .product(name: "CoreMetrics", package: "swift-metrics")]),
        tests("Forest", ["Football", "Forest", "TestSupport"]),
        tests("Drift", ["Drift", "TestSupport"]),
        tests("Football", ["Football", "TestSupport"]),
        tests("Scrape", ["Agent", "Exposition", "TestSupport", logging, subprocess]),
        tests("Simulation", ["Football", "Simulation", "TestSupport"]),
        tests("Fetch", ["Fetch", "TestSupport"]),
        tests(
            "Agent",
            [
                "Agent", "Drift", "Exposition", "Fetch", "Football", "Forest", "History", "Simulation", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"), logging,
            ]
        ),
        tests("House", []),
        tests("Peers", ["Drift", "Football", subprocess, system], exclude: ["drift.py", "scores.py"]),
        tests("Command", ["Command", "History", "TestSupport", subprocess, system]),
        tests("Contract", ["Agent", "TestSupport", .product(name: "Yams", package: "Yams")]),
        tests("History", ["Football", "History", "TestSupport", subprocess, system]),
        tests(
            "Journey",
            [
                "Agent", "Command", "Exposition", "Fetch", "Football", "History", "Simulation", "TestSupport",
                subprocess, system,
            ]),
    ],
    swiftLanguageModes: [.v6]
)
