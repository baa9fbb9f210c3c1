// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that measuring builds nothing but what is measured; Sources/Forest is the project's.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "forest-benchmark",
    targets: [
        .target(name: "Forest", swiftSettings: house),
        .target(name: "Football", swiftSettings: house),
        .executableTarget(name: "ForestSpeed", dependencies: ["Forest"], swiftSettings: house),
        .executableTarget(name: "ServeSpeed", dependencies: ["Football", "Forest"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
