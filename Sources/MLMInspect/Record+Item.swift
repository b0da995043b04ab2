import ModelContainers
import ModelFormats
import ModelJSON
public import STAC

extension Record {
    /// What an Item is made of; nil for what is no model. `href` is where the artifact is, as seen from the Item, and nil
    /// when nobody can tell.
    public func itemSource(href: String?) -> ItemSource? {
        guard let draft, let facts, let id = format?.id, let identity = FormatList.all.identity(id) else { return nil }
        var source = ItemSource(
            draft: draft, facts: facts, evidence: evidence ?? [], format: identity, files: files ?? [],
            isDirectory: draft.asset["file:size"] == nil, name: draft.asset["title"]?.string ?? path, href: href)
        source.declaration = declared.map(Declaration.init)
        return source
    }
}
