// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that measuring builds nothing but what is measured; Sources/Football is the project's.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "feeds-benchmark",
    targets: [
        .target(name: "Football", swiftSettings: house),
        .executableTarget(name: "FeedBenchmark", dependencies: ["Football"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
