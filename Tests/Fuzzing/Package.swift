// swift-tools-version:6.2
import PackageDescription

// A package of its own: everything in it is built with libFuzzer's instruments. Sources/Football is the project's.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .unsafeFlags(["-sanitize=fuzzer"]),
]

let package = Package(
    name: "fuzzing",
    targets: [
        .target(name: "Football", swiftSettings: house),
        .executableTarget(
            name: "FuzzFeeds", dependencies: ["Football"],
            swiftSettings: house + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
    ],
    swiftLanguageModes: [.v6]
)
