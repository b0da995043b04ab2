/// Styles and scripts of the pages, as they are in `Page`. Each script is a classic one, and sees what those before it
/// declare.
enum PageFiles {
    static let oneStyles = [text(PackageResources.base_css)]
    static let oneScripts = [text(PackageResources.copy_js)]
    static let tensorStyles = oneStyles + [text(PackageResources.tensors_css)]
    static let tensorScripts =
        oneScripts
        + [
            PackageResources.common_js, PackageResources.treemap_js, PackageResources.map_js,
            PackageResources.tensors_js,
        ].map(text)
    static let listStyles = oneStyles + [text(PackageResources.list_css)]
    static let listScripts =
        oneScripts
        + [
            PackageResources.common_js, PackageResources.data_js, PackageResources.list_js, PackageResources.card_js,
            PackageResources.export_js,
            PackageResources.start_js,
        ].map(text)

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
