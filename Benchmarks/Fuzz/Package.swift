// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "mlm-inspect", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz-inspect", dependencies: [.product(name: "MLMInspect", package: "mlm-inspect")])
    ]
)
