// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that measuring builds nothing but what is measured; Sources/Drift is the project's.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "drift-benchmark",
    targets: [
        .target(name: "Drift", swiftSettings: house),
        .executableTarget(name: "DriftSpeed", dependencies: ["Drift"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
