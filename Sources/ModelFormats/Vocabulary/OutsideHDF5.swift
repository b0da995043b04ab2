import ModelContainers

/// What an HDF5 file points to outside itself. Nothing of that is opened.
enum OutsideHDF5 {
    static func report(_ outline: HDF5Outline, at place: String?, into result: inout ProbeResult) {
        var count = 0
        for link in outline.links where link.kind == .external {
            count += 1
            if count > 8 { break }
            let target = link.target.split(separator: ":").first.map(String.init) ?? link.target
            let shown = PrivateText.holdsPath(target) ? "a file elsewhere on a disk" : "\"\(target)\""
            result.report(
                .warning, code: "hdf5.external-link", "a link leads into another file, \(shown); it is not followed",
                at: place.map { "\($0): \(link.path)" } ?? link.path)
        }
        count = 0
        for object in outline.objects where object.externalFiles?.isEmpty == false {
            count += 1
            if count > 8 { break }
            result.report(
                .warning, code: "hdf5.external-storage", "its data lies in another file, which is not opened",
                at: place.map { "\($0): \(object.path)" } ?? object.path)
        }
    }
}
