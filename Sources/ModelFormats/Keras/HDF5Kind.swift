import ModelContainers

/// What an HDF5 file is that is no model, by the marks that its writers leave.
struct HDF5Kind {
    let name: String
    let mark: String
    /// Further words of the file itself: a title, a product's name.
    private let version: String?

    init(_ outline: HDF5Outline, head: [UInt8]) {
        let root = outline.root
        func text(_ attribute: String) -> String? { root?.attribute(attribute)?.string }
        func has(_ path: String) -> Bool { outline.object(path) != nil }
        let keys = Set(outline.objects.lazy.map(\.path).filter { $0.split(separator: "/").count == 1 })
        if head.starts(with: "MATLAB 7.3 MAT-file".utf8) {
            self.init("MATLAB 7.3 file", "text in the user block")
        } else if outline.objects.contains(where: { $0.path.hasSuffix("/StructMetadata.0") }) {
            self.init("HDF-EOS5 product", "StructMetadata.0")
        } else if text("encoding-type") == "anndata" || keys.isSuperset(of: ["/X", "/obs", "/var"]) {
            self.init(
                "AnnData file", text("encoding-type") == nil ? "/X, /obs and /var" : "encoding-type of the root",
                text("encoding-version"))
        } else if let mark = ["HICKLE_VERSION", "hickle_version"].first(where: { root?.attribute($0) != nil }) {
            self.init("hickle file of Python objects", mark, text(mark))
        } else if root?.attribute("PYTABLES_FORMAT_VERSION") != nil {
            let isPandas = outline.objects.contains { $0.attribute("pandas_type") != nil }
            self.init(
                isPandas ? "pandas HDFStore" : "PyTables file", "PYTABLES_FORMAT_VERSION",
                text("PYTABLES_FORMAT_VERSION"))
        } else if root?.attribute("LOOM_SPEC_VERSION") != nil || has("/attrs/LOOM_SPEC_VERSION") {
            self.init("Loom file", "LOOM_SPEC_VERSION")
        } else if let properties = text("_NCProperties") {
            self.init("NetCDF-4 file", "_NCProperties", PrivateText.holdsPath(properties) ? nil : properties)
        } else if outline.objects.contains(where: {
            $0.attribute("_Netcdf4Dimid") != nil || $0.attribute("_Netcdf4Coordinates") != nil
        }) {
            self.init("NetCDF-4 file", "_Netcdf4Dimid")
        } else if let product = [
            "Product Name", "Product_Name", "product_name", "ProductName", "mission", "Mission", "PRODUCT_TYPE",
            "short_name", "ShortName",
        ].first(where: { text($0) != nil }) {
            self.init("Earth-observation product", "\(product) of the root", text(product))
        } else {
            self.init("HDF5 file", "no mark of a model")
        }
    }

    private init(_ name: String, _ mark: String, _ version: String? = nil) {
        self.name = name
        self.mark = mark
        self.version = version.flatMap { $0.utf8.count <= 256 && !PrivateText.holdsPath($0) ? $0 : nil }
    }

    /// The cause in the record.
    var cause: String { name.hasPrefix("NetCDF") ? "netcdf" : "data" }

    func report(into result: inout ProbeResult) {
        result.variant = name
        let said = version.map { " (\($0))" } ?? ""
        let isPlain = name == "HDF5 file"
        result.report(
            .note, code: "hdf5.no-model",
            isPlain
                ? "HDF5 without the structure of a Keras model or its weights: data, not a model"
                : "\(name)\(said): data, not a model", at: isPlain ? nil : mark)
    }
}
