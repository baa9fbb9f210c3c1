// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "walkforward-benchmark",
    targets: [
        .target(name: "Drift", swiftSettings: settings),
        .target(name: "Football", swiftSettings: settings),
        .target(name: "Forest", swiftSettings: settings),
        .executableTarget(name: "WalkForward", dependencies: ["Drift", "Football", "Forest"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
