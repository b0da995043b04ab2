import ModelBytes
import ModelFormats

/// What `mlm-inspect formats` prints of a list of formats.
struct FormatsText {
    let style: TextStyle

    func text(of list: FormatList) -> String {
        var text = ""
        var printed: Set<FormatIdentity> = []
        for format in list.formats {
            let identities = format.identities.filter { printed.insert($0).inserted }
            for identity in identities {
                let call = identity.artifactType.map { "  \($0)" } ?? ""
                text += "\(style.bold(identity.id))  \(identity.name)\(style.dim(call))\n    \(identity.reads)\n"
                if !format.lists.isEmpty { text += "    \(style.dim("tensors: \(listed(format.lists))"))\n" }
            }
            guard !identities.isEmpty, !format.limits.isEmpty else { continue }
            let limits = format.limits.map { "\($0.flag)=\($0.value)" }.joined(separator: ", ")
            text += "    \(style.dim("limits: \(limits)"))\n"
        }
        return text
    }

    private func listed(_ parts: Set<Listing.Part>) -> String {
        parts.contains(.nodes) ? "listed, and operators with --nodes" : "listed"
    }
}
