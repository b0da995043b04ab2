import ModelContainers
import ModelFormats
import ModelJSON
public import STAC

extension Record {
    /// The source for an `Item`; nil if the artifact is not a model. `href` is the link from the Item to the artifact, or nil if
    /// it is unknown.
    public func itemSource(href: String?) -> ItemSource? {
        guard let draft, let facts, let id = format?.id, let identity = FormatList.all.identity(id) else { return nil }
        var source = ItemSource(
            draft: draft, facts: facts, evidence: evidence ?? [], format: identity, files: files ?? [],
            isDirectory: isDirectory, name: draft.asset["title"]?.string ?? path, href: href)
        source.declaration = declared.map(Declaration.init)
        return source
    }
}
