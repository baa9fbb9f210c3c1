// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that measuring builds nothing but what is measured; its History is the project's.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "history-benchmark",
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "Clibpq", pkgConfig: "libpq"),
        .target(name: "Football", swiftSettings: house),
        .target(
            name: "History",
            dependencies: [
                "Clibpq", "Football", .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ], resources: [.embedInCode("Migrations")], swiftSettings: house),
        .executableTarget(name: "CopyRows", dependencies: ["History"], swiftSettings: house),
        .executableTarget(name: "ChaosWriter", dependencies: ["History"], swiftSettings: house),
        .executableTarget(name: "PipelineRows", dependencies: ["History"], swiftSettings: house),
        .executableTarget(name: "AskMillions", dependencies: ["Football", "History"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
