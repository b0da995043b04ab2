// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours is built with; the packages we depend on are not touched by it.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What every C target of ours is built with; the headers of the libraries are not touched by it.
let strictC: [CSetting] = [.enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error)]

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "mlm-inspect",
    products: [
        .library(name: "MLMInspect", targets: ["MLMInspect"]),
        .executable(name: "mlm-inspect", targets: ["mlm-inspect"]),
        .executable(name: "mlm-inspect-hdf5", targets: ["mlm-inspect-hdf5"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Found where Debian puts them, without pkg-config: the folders that it names would come before those of
        // Packaging/archives.
        .systemLibrary(name: "CLibzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CProtobufC", providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CHDF5", providers: [.apt(["libhdf5-dev"])]),
        .target(name: "CHDF5Driver", dependencies: ["CHDF5", "CSandbox"], cSettings: strictC),
        .target(name: "CSpawn", cSettings: strictC),
        .target(name: "CStart", cSettings: strictC),
        .target(name: "CSandbox", cSettings: strictC),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
        .systemLibrary(name: "CLzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CLz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        .target(
            name: "CModelProtos", dependencies: ["CProtobufC"], exclude: ["protos", "regenerate.sh"],
            cSettings: strictC),

        .target(name: "ModelBytes", dependencies: [system], swiftSettings: strict),
        .target(name: "ModelJSON", dependencies: ["ModelBytes"], swiftSettings: strict),
        .target(name: "Checksums", dependencies: ["ModelBytes", "CCrypto"], swiftSettings: strict),
        .target(name: "ChildProcesses", dependencies: ["CSpawn"], swiftSettings: strict),
        .target(
            name: "ModelContainers",
            dependencies: [
                "ModelBytes", "ModelJSON", "ChildProcesses", "CLibzip", "CProtobufC", "CExpat", "CModelProtos", "CZlib",
                "CBzip2", "CLzma", "CLz4", "CZstd", "CYaml",
            ],
            swiftSettings: strict),
        .target(
            name: "ModelFormats", dependencies: ["ModelBytes", "ModelJSON", "Checksums", "ModelContainers"],
            swiftSettings: strict),
        .target(name: "JSONSchema", dependencies: ["ModelBytes", "ModelJSON"], swiftSettings: strict),
        .target(
            name: "STAC",
            dependencies: ["ModelBytes", "ModelJSON", "JSONSchema", "Checksums", "ModelFormats", "ModelContainers"],
            swiftSettings: strict),
        .target(
            name: "MLMInspect",
            dependencies: [
                "ModelBytes", "ModelJSON", "Checksums", "ChildProcesses", "ModelContainers", "ModelFormats", "STAC",
                "CSandbox",
            ],
            swiftSettings: strict),
        .target(
            name: "InspectCommands",
            dependencies: [
                "MLMInspect", "ChildProcesses", "ModelBytes", "ModelJSON", "Checksums", "ModelContainers",
                "ModelFormats", "STAC", system,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // Files of their own kind, each checked as what it is; the program needs nothing beside it.
            resources: [
                .embedInCode("SARIF/findings.txt"), .embedInCode("Report/Page/base.css"),
                .embedInCode("Report/Page/list.css"), .embedInCode("Report/Page/data.js"),
                .embedInCode("Report/Page/list.js"), .embedInCode("Report/Page/card.js"),
                .embedInCode("Report/Page/export.js"), .embedInCode("Report/Page/start.js"),
                .embedInCode("Report/Page/copy.js"), .embedInCode("Report/Page/common.js"),
                .embedInCode("Report/Page/treemap.js"), .embedInCode("Report/Page/map.js"),
                .embedInCode("Report/Page/tensors.js"), .embedInCode("Report/Page/tensors.css"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "mlm-inspect", dependencies: ["InspectCommands", "CStart"], swiftSettings: strict),

        // The one program that is linked to libhdf5.
        .executableTarget(
            name: "mlm-inspect-hdf5", dependencies: ["CHDF5", "CHDF5Driver", "CStart"], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["ModelBytes", "ModelJSON", "Checksums", "ModelContainers"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        .executableTarget(name: "peak-memory", path: "Tests/PeakMemory"),
        .executableTarget(
            name: "pickle-events", dependencies: ["ModelContainers", "ModelBytes"], path: "Tests/PickleEvents",
            exclude: ["differential.py"], swiftSettings: strict),
        .testTarget(
            name: "ChildProcessesTests", dependencies: ["ChildProcesses"], swiftSettings: strict),
        .target(name: "FenceAttempts", path: "Tests/FenceAttempts", cSettings: strictC),
        .executableTarget(
            name: "fence-probe", dependencies: ["FenceAttempts", "CSandbox"], path: "Tests/FenceProbe",
            cSettings: strictC),
        .testTarget(
            name: "ModelContainersTests",
            // mlm-inspect-hdf5 is run, and not among these: what a test depends on is linked into it.
            dependencies: ["ModelContainers", "ModelJSON", "Checksums", "ModelBytes", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "JSONSchemaTests", dependencies: ["JSONSchema", "ModelBytes", "ModelJSON"], swiftSettings: strict),
        .testTarget(
            name: "MLMInspectTests",
            dependencies: [
                "MLMInspect", "STAC", "ModelBytes", "ModelJSON", "Checksums", "ModelContainers", "ModelFormats",
                "TestSupport",
            ],
            exclude: ["SniffMatrix.txt", "Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "InspectCommandsTests",
            dependencies: [
                "mlm-inspect", "InspectCommands", "peak-memory", "ModelBytes", "ModelJSON", "Checksums",
                "ModelContainers",
                "ModelFormats", "MLMInspect", "STAC", "TestSupport", system,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Snapshots"], swiftSettings: strict),
        // It imports the product alone, as a client does.
        .testTarget(name: "LibraryTests", dependencies: ["MLMInspect"], packageAccess: false, swiftSettings: strict),
    ]
)
